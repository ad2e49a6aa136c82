// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Terminator;
import org.jspecify.annotations.Nullable;

/** A server on our loop that sends each line back, by {@code ChatDispatcher}. */
public final class LoopLineServer implements MeasuredServer {
    private final boolean gathering;
    private final ServerThread worker;
    private @Nullable InetSocketAddress address;

    public LoopLineServer(LoopBuilder builder, boolean gathering) throws IOException {
        this.gathering = gathering;
        worker = new ServerThread(builder, this::listen);
    }

    private void listen(Loop loop) throws IOException {
        SocketDispatcher listener = new SocketDispatcher(loop) {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new LineHandler(loop(), channel, gathering);
            }
        };
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

    private static final class LineHandler extends ChatDispatcher {
        private static final Terminator END = Terminator.of("\n");

        private final ByteBuffer end = ByteBuffer.allocateDirect(1).put(0, (byte) '\n');

        LineHandler(Loop loop, StreamChannel channel, boolean gathering) {
            super(loop, channel);
            setTerminator(END);
            setGathering(gathering);
            setItemLimit(NettyLineInitializer.MAX_LINE_BYTES);
        }

        @Override
        public void collectIncomingData(ByteBuffer data) throws IOException {
            push(data);
        }

        @Override
        public void foundTerminator() throws IOException {
            push(end.clear());
        }
    }
}
