// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.ArrayDeque;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** Five dispatcher classes, each with the {@code readable} and {@code writable} of a usual program. */
final class PredicateStyles {
    private PredicateStyles() {}

    /** Adds a dispatcher of one of the five classes to a loop. */
    static void join(Loop loop, StreamChannel channel, int index) {
        switch (index % 5) {
            case 0 -> new Listener(loop, channel);
            case 1 -> new Buffering(loop, channel);
            case 2 -> new Queueing(loop, channel);
            case 3 -> new Limiting(loop, channel);
            default -> new Staging(loop, channel);
        }
    }

    private static final class Listener extends SocketDispatcher {
        Listener(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return false;
        }
    }

    private static final class Buffering extends BufferedDispatcher {
        Buffering(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }
    }

    private static final class Queueing extends SocketDispatcher {
        private final ArrayDeque<byte[]> queue = new ArrayDeque<>();

        Queueing(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return !queue.isEmpty();
        }
    }

    private static final class Limiting extends SocketDispatcher {
        private static final int LIMIT = 1 << 16;

        private int held;

        Limiting(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return held < LIMIT;
        }

        @Override
        public boolean writable() {
            return held > 0;
        }
    }

    private static final class Staging extends SocketDispatcher {
        private enum Stage {
            GREETING,
            ANSWERING
        }

        private Stage stage = Stage.GREETING;

        Staging(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return stage == Stage.GREETING;
        }

        @Override
        public boolean writable() {
            return stage == Stage.ANSWERING;
        }

        @Override
        public void handleRead() {
            stage = Stage.ANSWERING;
        }
    }
}
