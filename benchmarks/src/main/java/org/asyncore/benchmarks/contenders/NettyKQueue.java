// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoEvent;
import io.netty.channel.kqueue.KQueueIoHandle;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;

/** Netty's kqueue transport. */
final class NettyKQueue implements NettyTransport {
    private static final short EVFILT_READ = -1;
    private static final KQueueIoOps ADD = KQueueIoOps.newOps(EVFILT_READ, (short) (0x0001 | 0x0004), 0);
    private static final KQueueIoOps DELETE = KQueueIoOps.newOps(EVFILT_READ, (short) 0x0002, 0);

    private final UnixPairs pairs = new UnixPairs();

    NettyKQueue() {
        KQueue.ensureAvailability();
    }

    @Override
    public IoHandler handler(ThreadAwareExecutor executor) {
        return KQueueIoHandler.newFactory().newHandler(executor);
    }

    @Override
    public void open(int sources) throws IOException {
        pairs.open(sources);
    }

    @Override
    public IoHandle handle(int source, Runnable ready) {
        return new Handle(pairs.get(source).intValue(), ready);
    }

    @Override
    public IoOps reading() {
        return ADD;
    }

    @Override
    public IoOps nothing() {
        return DELETE;
    }

    @Override
    public void send(int source) throws IOException {
        pairs.send(source);
    }

    /** Also deletes the filter, because {@code cancel} leaves it in the kernel, which then reports to no handle (4.2.18). */
    @Override
    public void cancel(IoRegistration registration) {
        registration.submit(DELETE);
        registration.cancel();
    }

    @Override
    public void close() throws IOException {
        pairs.close();
    }

    private static final class Handle implements KQueueIoHandle {
        private final int descriptor;
        private final Runnable ready;

        Handle(int descriptor, Runnable ready) {
            this.descriptor = descriptor;
            this.ready = ready;
        }

        @Override
        public int ident() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (((KQueueIoEvent) event).filter() == EVFILT_READ) {
                ready.run();
            }
        }

        @Override
        public void close() {
            // UnixPairs closes the descriptor.
        }
    }
}
