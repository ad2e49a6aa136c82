// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.asyncore.Loop;
import org.asyncore.examples.cli.LoopOptions;
import org.asyncore.examples.cli.TrustOptions;
import org.asyncore.examples.shared.ErrorMessages;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fetches several URLs at once, in one loop. */
@Command(
        name = "http-client",
        description = {
            "Fetches URLs at once over HTTP/1.0, in one loop.",
            "Exits with 0 if every response is complete, whatever its status is. Does not follow redirects."
        })
public final class HttpClientCommand implements Callable<Integer> {
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
            LoggerFactory.getLogger("http-client").info("LOOP STARTING");
            loop.run();
            LoggerFactory.getLogger("http-client").info("LOOP DONE");
            return report("http-client", clients);
        }
    }

    /** Prints a line for each URL, and returns the exit code. */
    static int report(String program, List<HttpClient> clients) {
        int exitCode = 0;
        for (HttpClient client : clients) {
            Throwable failure = client.failure();
            if (failure == null) {
                System.out.println(client.url() + " got " + client.received() + " bytes");
            } else {
                System.err.println(program + ": " + client.url() + ": " + ErrorMessages.of(failure));
                exitCode = 1;
            }
        }
        return exitCode;
    }
}
