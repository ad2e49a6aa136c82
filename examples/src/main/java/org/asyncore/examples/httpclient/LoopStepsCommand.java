// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.asyncore.Loop;
import org.asyncore.examples.cli.LoopOptions;
import org.asyncore.examples.cli.TrustOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fetches URLs like {@link HttpClientCommand}, but calls the loop for each turn. */
@Command(name = "loop-steps", description = "Fetches URLs as http-client does, turn by turn.")
public final class LoopStepsCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("loop-steps");

    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Parameters(paramLabel = "URL", arity = "1..*", description = "http://host:port/path, or https:")
    private List<String> urls = List.of();

    @Override
    public Integer call() throws IOException {
        SSLContext context = trust.context();
        try (Loop loop = options.open()) {
            List<HttpClient> clients =
                    urls.stream().map(url -> new HttpClient(loop, url, context)).toList();
            int counter = 0;
            while (!loop.dispatchers().isEmpty()) {
                counter++;
                LOG.info("loop_counter={}", counter);
                loop.run(Duration.ofSeconds(1), 1);
            }
            return HttpClientCommand.report("loop-steps", clients);
        }
    }
}
