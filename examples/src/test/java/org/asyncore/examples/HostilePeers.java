// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that read nothing. Of each four, two repeat their words as long as they can, one sends them once and
 * half-closes, and one sends nothing.
 */
final class HostilePeers implements AutoCloseable {
    private static final int BUFFER_BYTES = 65536;
    private static final long MAX_SENT_BYTES = 4 << 20; // sent by each
    private static final Duration QUIET = Duration.ofMillis(500);

    private final List<Peer> peers = new ArrayList<>();

    private static final class Peer {
        final SocketChannel channel;
        final ByteBuffer first;
        final ByteBuffer again; // repeated after the first; empty for nothing
        long sent;

        Peer(SocketChannel channel, String first, String again) {
            this.channel = channel;
            this.first = ByteBuffer.wrap(first.getBytes(ISO_8859_1));
            this.again = ByteBuffer.wrap(again.getBytes(ISO_8859_1));
        }

        void end() {
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                sent = MAX_SENT_BYTES; // the server has closed it
            }
        }

        /** Returns true if the system took bytes, and more may be sent. */
        boolean send() {
            try {
                int n = channel.write(first.hasRemaining() ? first : again);
                sent += n;
                if (!again.hasRemaining()) {
                    again.rewind();
                }
                return n > 0 && sent < MAX_SENT_BYTES;
            } catch (IOException e) {
                return false; // the server has closed it
            }
        }
    }

    /**
     * Connects all peers.
     *
     * @param first the text that each peer sends first, with its number for {@code %d}
     * @param words the texts that peers repeat, one for each four peers in turn
     */
    HostilePeers(SocketAddress server, int number, String first, String... words) throws IOException {
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open(
                    server instanceof InetSocketAddress ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX);
            String again = words[i / 4 % words.length];
            boolean repeats = i % 4 < 2;
            peers.add(new Peer(
                    channel,
                    i % 4 == 3 ? "" : first.replace("%d", String.valueOf(i)) + again,
                    repeats ? again.repeat(Math.max(1, BUFFER_BYTES / again.length())) : ""));
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.connect(server);
            channel.configureBlocking(false);
        }
    }

    /** Sends until the server takes nothing more for {@link #QUIET}, or until this much time has passed. */
    void send(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        long quiet = System.nanoTime() + QUIET.toNanos();
        for (int i = 2; i < peers.size(); i += 4) {
            peers.get(i).send();
            peers.get(i).end();
        }
        while (System.nanoTime() < Math.min(end, quiet)) {
            boolean any = false;
            for (int i = 0; i < peers.size(); i++) {
                any |= i % 4 < 2 && peers.get(i).send();
            }
            if (any) {
                quiet = System.nanoTime() + QUIET.toNanos();
            } else {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : peers) {
            peer.channel.close();
        }
    }
}
