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
final class LoopEchoServer implements MeasuredServer {
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

    private final Style style;
    private final ServerThread worker;
    private @Nullable InetSocketAddress address;

    LoopEchoServer(LoopBuilder builder, Style style) throws IOException {
        this.style = style;
        worker = new ServerThread(builder, this::listen);
    }

    private void listen(Loop loop) throws IOException {
        Listener listener = new Listener(loop, style);
        listener.createSocket();
        listener.bind(MeasuredServer.anyPort());
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
                case DIRECT -> new DirectHandler(loop(), channel);
                case ASYNCORE -> new DeferredHandler(loop(), channel);
            }
        }
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
