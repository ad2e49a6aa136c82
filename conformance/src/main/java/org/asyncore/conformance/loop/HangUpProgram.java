// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/**
 * A program whose peers reset and hang up while their dispatchers have no interest. Its loop must sleep all the time.
 * It prints the number of its turns.
 */
final class HangUpProgram {
    private static final Duration TIME = Duration.ofMillis(500);

    private final Loop loop;
    private int turns;

    HangUpProgram(Loop loop) {
        this.loop = loop;
    }

    /** Runs on the poller whose name is the first argument. */
    public static void main(String[] args) throws IOException {
        try (Loop loop = Loop.open(args[0])) {
            System.out.println(new HangUpProgram(loop).run());
        }
    }

    /** Runs the loop for half a second after the hang-ups, and returns the number of turns. */
    int run() throws IOException {
        Listener listener = new Listener();
        SocketAddress address = listener.localAddress();
        SocketChannel resetting = SocketChannel.open(address);
        SocketChannel hangingUp = SocketChannel.open(address);
        while (loop.dispatchers().size() < 3) {
            loop.runOnce(Duration.ofSeconds(30));
        }
        listener.close();
        loop.runOnce(Duration.ZERO); // sets Ops.NONE in the poller
        resetting.setOption(StandardSocketOptions.SO_LINGER, 0);
        resetting.close();
        hangingUp.close();
        turns = 0;
        loop.schedule(TIME, loop::stop);
        loop.run(Duration.ofHours(1), Integer.MAX_VALUE);
        loop.closeAll();
        return turns;
    }

    private final class Listener extends SocketDispatcher {
        Listener() throws IOException {
            super(loop);
            createSocket();
            bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            listen(5);
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) {
            new Uninterested(channel, loop.dispatchers().size() == 1);
        }
    }

    /** A dispatcher that is readable when it is asked first, and has no interest later. */
    private final class Uninterested extends SocketDispatcher {
        private final boolean counts;
        private boolean asked;

        Uninterested(StreamChannel channel, boolean counts) {
            super(loop, channel);
            this.counts = counts;
        }

        @Override
        public boolean readable() {
            turns += counts ? 1 : 0;
            boolean first = !asked;
            asked = true;
            return first;
        }

        @Override
        public boolean writable() {
            return false;
        }
    }
}
