// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.swing;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.asyncore.Loop;
import org.asyncore.examples.cli.EnumConverter;
import org.asyncore.examples.cli.HostPort;
import org.asyncore.examples.cli.LoopOptions;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A client of the chat with a window. */
@Command(
        name = "swing-chat",
        description = {
            "A client of chat-server with a window of Swing. Enter sends a line, Escape closes the window.",
            "docs/other-event-loops.md explains the three ways to run the loop."
        })
public final class SwingChatCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(5); // for the lines that are not sent yet

    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Option(
            names = "--host",
            paramLabel = "WAY",
            converter = LoopHostConverter.class,
            description = "timer runs a turn every 20 ms; thread gives the loop a thread of its own; ready (default)"
                    + " lets a thread wait, and runs turns on Swing's thread when something is ready")
    private LoopHost host = LoopHost.READY;

    @Option(names = "--name", required = true, description = "your name in the chat")
    private String name = "";

    @Parameters(paramLabel = "HOST:PORT", converter = HostPort.Converter.class, description = "the chat-server")
    private HostPort server = new HostPort("", 0);

    private @Nullable ChatClient client; // used by the loop's thread

    static final class LoopHostConverter implements ITypeConverter<LoopHost> {
        @Override
        public LoopHost convert(String word) throws Exception {
            return EnumConverter.of(LoopHost.class).convert(word);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException, InvocationTargetException {
        if (GraphicsEnvironment.isHeadless()) {
            throw new IOException("there is no display for the window; on Unix, DISPLAY names one");
        }
        InetSocketAddress address = server.resolve();
        try (Loop loop = options.open()) {
            CountDownLatch ends = new CountDownLatch(2); // of the window, and of the loop
            SwingUtilities.invokeAndWait(() -> open(loop, address, ends));
            ends.await();
        }
        return 0;
    }

    /** Opens the window, connects, and runs the loop. Called by Swing's thread. */
    private void open(Loop loop, InetSocketAddress address, CountDownLatch ends) {
        ChatWindow window = new ChatWindow(name, line -> loop.execute(() -> say(line)), () -> {
            loop.shutdown(GRACE);
            ends.countDown();
        });
        loop.execute(() -> join(loop, address, line -> host.show(() -> window.show(line))));
        host.run(loop, ends::countDown);
    }

    private void join(Loop loop, InetSocketAddress address, Consumer<String> lines) {
        try {
            client = new ChatClient(loop, address, name, lines);
        } catch (IOException e) {
            lines.accept("* " + ErrorMessages.of(e));
        }
    }

    private void say(String line) throws IOException {
        if (client != null && client.connected()) {
            client.say(line);
        }
    }
}
