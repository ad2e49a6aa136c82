// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/**
 * Runs sessions in this process, each over a channel that a test may wrap, with clients that send their whole input at
 * once.
 */
final class SmtpSessions {
    private static final long DEADLINE_SECONDS = 120;

    private final SmtpSettings settings;
    private final Path folder;

    SmtpSessions(Path folder, long maxBytes) {
        this.settings = new SmtpSettings("localhost", maxBytes, Duration.ofSeconds(DEADLINE_SECONDS), null);
        this.folder = folder;
    }

    /** Returns the replies to the clients. There is one client for each of these channels, all at the same time. */
    List<String> replies(byte[] input, List<UnaryOperator<StreamChannel>> channels) throws Exception {
        try (Loop loop = Loop.open()) {
            Maildir maildir = new Maildir(folder, "localhost", loop);
            SocketAddress address = new SessionListener(loop, settings, maildir, channels).localAddress();
            AtomicInteger running = new AtomicInteger(channels.size());
            List<FutureTask<String>> clients = new ArrayList<>();
            for (int i = 0; i < channels.size(); i++) {
                clients.add(client(Objects.requireNonNull(address), input, () -> {
                    if (running.decrementAndGet() == 0) {
                        loop.stop();
                    }
                }));
            }
            loop.run();
            loop.closeAll();
            maildir.close();
            List<String> replies = new ArrayList<>();
            for (FutureTask<String> client : clients) {
                replies.add(client.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
            }
            return replies;
        }
    }

    private static FutureTask<String> client(SocketAddress address, byte[] input, Runnable end) {
        FutureTask<String> client = new FutureTask<>(() -> {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
                socket.connect(address);
                socket.getOutputStream().write(input);
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } finally {
                end.run();
            }
        });
        Thread thread = new Thread(client);
        thread.setDaemon(true);
        thread.start();
        return client;
    }

    private static final class SessionListener extends SocketDispatcher {
        private final SmtpSettings settings;
        private final Maildir maildir;
        private final List<UnaryOperator<StreamChannel>> channels;
        private int accepted;

        SessionListener(Loop loop, SmtpSettings settings, Maildir maildir, List<UnaryOperator<StreamChannel>> channels)
                throws IOException {
            super(loop);
            this.settings = settings;
            this.maildir = maildir;
            this.channels = channels;
            createSocket();
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listen(channels.size());
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
            new SmtpSession(loop(), channels.get(accepted++).apply(channel), settings, maildir).begin();
        }
    }
}
