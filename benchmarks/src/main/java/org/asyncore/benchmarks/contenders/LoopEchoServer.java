// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** Starts echo servers on our loop. */
final class LoopEchoServer {
    /** The two ways to write its handlers. */
    enum Style {
        /** Sends the bytes in {@code handleRead}, which has just received them. */
        DIRECT,
        /** Keeps the bytes, is {@code writable}, and sends them in {@code handleWrite}, as asyncore's own examples do. */
        ASYNCORE;

        static Style of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    private LoopEchoServer() {}

    static MeasuredServer start(LoopBuilder builder, Style style) throws IOException {
        return new LoopServer(
                builder,
                switch (style) {
                    case DIRECT -> DirectHandler::new;
                    case ASYNCORE -> DeferredHandler::new;
                });
    }

    private static final class DirectHandler extends BufferedDispatcher {
        DirectHandler(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer buffer = readBuffer();
            if (recv(buffer) > 0) {
                send(buffer.flip());
            }
        }

        @Override
        public void handleClose() {
            close();
        }
    }

    private static final class DeferredHandler extends SocketDispatcher {
        private static final int BUFFER_BYTES = 65536;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

        DeferredHandler(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return buffer.hasRemaining();
        }

        @Override
        public boolean writable() {
            return buffer.position() > 0;
        }

        @Override
        public void handleRead() throws IOException {
            recv(buffer);
        }

        @Override
        public void handleWrite() throws IOException {
            send(buffer.flip());
            buffer.compact();
        }

        @Override
        public void handleClose() {
            close();
        }
    }
}
