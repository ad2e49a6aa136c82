// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;

/** Netty's epoll transport. */
final class NettyEpoll implements NettyTransport {
    private final UnixPairs pairs = new UnixPairs();

    NettyEpoll() {
        Epoll.ensureAvailability();
    }

    @Override
    public IoHandler handler(ThreadAwareExecutor executor) {
        return EpollIoHandler.newFactory().newHandler(executor);
    }

    @Override
    public void open(int sources) throws IOException {
        pairs.open(sources);
    }

    @Override
    public IoHandle handle(int source, Runnable ready) {
        return new Handle(pairs.get(source), ready);
    }

    @Override
    public IoOps reading() {
        return EpollIoOps.EPOLLIN;
    }

    /** Returns EPOLLET, because with {@code NONE} Netty forgets the descriptor and refuses to add it again (4.2.18). */
    @Override
    public IoOps nothing() {
        return EpollIoOps.EPOLLET;
    }

    @Override
    public void send(int source) throws IOException {
        pairs.send(source);
    }

    @Override
    public void close() throws IOException {
        pairs.close();
    }

    private static final class Handle implements EpollIoHandle {
        private final FileDescriptor descriptor;
        private final Runnable ready;

        Handle(FileDescriptor descriptor, Runnable ready) {
            this.descriptor = descriptor;
            this.ready = ready;
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLIN)) {
                ready.run();
            }
        }

        @Override
        public void close() {
            // UnixPairs closes the descriptor.
        }
    }
}
