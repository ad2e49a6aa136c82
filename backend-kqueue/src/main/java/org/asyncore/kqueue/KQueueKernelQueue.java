// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.spi.Ops;
import org.asyncore.unix.KernelQueue;
import org.asyncore.unix.UnixRegistration;

/** Netty's kqueue, kqueue(2), which passes its changes to the kernel with the next wait. */
final class KQueueKernelQueue implements KernelQueue {
    private final IoHandlerFactory handlers = KQueueIoHandler.newFactory();

    @Override
    public String name() {
        return "kqueue";
    }

    @Override
    public IoHandler open(ThreadAwareExecutor executor) {
        return handlers.newHandler(executor);
    }

    @Override
    public IoHandle handle(UnixRegistration registration) {
        return new KQueueHandle(registration);
    }

    @Override
    public int submit(IoRegistration registration, Ops before, Ops after) {
        int changes = 0;
        if (before.reads() != after.reads()) {
            registration.submit(after.reads() ? KQueueFilters.ADD_READ : KQueueFilters.DELETE_READ);
            changes++;
        }
        if (before.writes() != after.writes()) {
            registration.submit(after.writes() ? KQueueFilters.ADD_WRITE : KQueueFilters.DELETE_WRITE);
            changes++;
        }
        return changes;
    }

    /** Deletes the filters: Netty's cancel deletes none, and then each wait ends with "no registration" (4.2.18, on Linux). */
    @Override
    public int withdraw(IoRegistration registration, Ops interest) {
        int changes = submit(registration, interest, Ops.NONE);
        registration.cancel();
        return changes;
    }

    /** Returns false for regular files: a kqueue takes them, but reports them ready only before their end (EVFILT_READ). */
    @Override
    public boolean canPoll(int descriptor) {
        Path path = Path.of("/dev/fd/" + descriptor);
        return !Files.isRegularFile(path) && !Files.isDirectory(path) && !isNullDevice(path);
    }

    private static boolean isNullDevice(Path path) {
        try {
            return Files.isSameFile(path, Path.of("/dev/null"));
        } catch (IOException e) {
            return false; // not a file at all
        }
    }

    /** Returns true: Netty keeps the number 0 for the user event that wakes a poll. */
    @Override
    public boolean reservesZero() {
        return true;
    }

    /** Returns false: Netty does not show whether EVFILT_READ reports urgent data. */
    @Override
    public boolean seesUrgent() {
        return false;
    }
}
