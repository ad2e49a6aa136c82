// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Netty's transport over the JDK's Selector. */
final class NettyNio implements NettyTransport {
    private final List<SocketChannel> sources = new ArrayList<>();

    @Override
    public IoHandler handler(ThreadAwareExecutor executor) {
        return NioIoHandler.newFactory().newHandler(executor);
    }

    @Override
    public void open(int count) throws IOException {
        sources.addAll(SelectorWatcher.pairs(count));
    }

    @Override
    public IoHandle handle(int source, Runnable ready) {
        return new Handle(sources.get(source), ready);
    }

    @Override
    public IoOps reading() {
        return NioIoOps.READ;
    }

    @Override
    public IoOps nothing() {
        return NioIoOps.NONE;
    }

    @Override
    public void send(int source) throws IOException {
        sources.get(source).write(ByteBuffer.allocate(1));
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel source : sources) {
            source.close();
        }
    }

    private static final class Handle implements NioIoHandle {
        private final SocketChannel channel;
        private final Runnable ready;

        Handle(SocketChannel channel, Runnable ready) {
            this.channel = channel;
            this.ready = ready;
        }

        @Override
        public SelectableChannel selectableChannel() {
            return channel;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (((NioIoEvent) event).ops().contains(NioIoOps.READ)) {
                ready.run();
            }
        }

        @Override
        public void close() {
            // NettyNio closes the channel.
        }
    }
}
