// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** An echo server on our loop. */
final class LoopEcho implements EchoServer {
    /** How its handlers are written. */
    enum Style {
        /** Sends in {@code handleRead} what it has just received. */
        DIRECT,
        /** Keeps it, is {@code writable}, and sends it in {@code handleWrite}: the way of asyncore's own examples. */
        ASYNCORE;

        static Style of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    private final Style style;
    private final Worker worker;
    private @Nullable InetSocketAddress address;

    LoopEcho(LoopBuilder builder, Style style) throws IOException {
        this.style = style;
        worker = new Worker(builder, this::listen);
    }

    private void listen(Loop loop) throws IOException {
        Listener listener = new Listener(loop, style);
        listener.createSocket();
        listener.bind(EchoServer.anyPort());
        listener.listen(4096);
        address = (InetSocketAddress) listener.localAddress();
    }

    @Override
    public InetSocketAddress address() {
        return requireNonNull(address);
    }

    @Override
    public Thread thread() {
        return worker.thread();
    }

    @Override
    public void close() throws IOException {
        worker.close();
    }

    private static final class Listener extends SocketDispatcher {
        private final Style style;

        Listener(Loop loop, Style style) {
            super(loop);
            this.style = style;
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            switch (style) {
                case DIRECT -> new Direct(loop(), channel);
                case ASYNCORE -> new Classic(loop(), channel);
            }
        }
    }

    private static final class Direct extends BufferedDispatcher {
        Direct(Loop loop, StreamChannel channel) {
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

    private static final class Classic extends SocketDispatcher {
        private static final int BUFFER_BYTES = 65536;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

        Classic(Loop loop, StreamChannel channel) {
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
