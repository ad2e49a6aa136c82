// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import org.asyncore.spi.Ops;
import org.asyncore.unix.KernelQueue;
import org.asyncore.unix.UnixRegistration;

/** Netty's epoll, epoll(7). */
final class EpollKernelQueue implements KernelQueue {
    private final IoHandlerFactory handlers = EpollIoHandler.newFactory();

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public IoHandler open(ThreadAwareExecutor executor) {
        return handlers.newHandler(executor);
    }

    @Override
    public IoHandle handle(UnixRegistration registration) {
        return new EpollHandle(registration);
    }

    @Override
    public int submit(IoRegistration registration, Ops before, Ops after) {
        registration.submit(EpollOps.interest(after));
        return 0;
    }

    @Override
    public int withdraw(IoRegistration registration, Ops interest) {
        registration.cancel();
        return 0;
    }

    /** Tries: epoll_ctl(2) refuses regular files and /dev/null with EPERM. */
    @Override
    public boolean canPoll(int descriptor) throws IOException {
        FileDescriptor queue = Native.newEpollCreate();
        try {
            Native.epollCtlAdd(queue.intValue(), descriptor, 0);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            queue.close();
        }
    }

    @Override
    public boolean reservesZero() {
        return false;
    }

    @Override
    public boolean seesUrgent() {
        return true;
    }
}
