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
import org.asyncore.unix.Kernel;
import org.asyncore.unix.UnixRegistration;

/** Netty's kqueue, which takes its changes along with the next wait. */
final class KQueueKernel implements Kernel {
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

    /** Netty's cancel deletes no filter, and then every wait ends with "no registration" (4.2.18, seen on Linux). */
    @Override
    public int withdraw(IoRegistration registration, Ops interest) {
        int changes = submit(registration, interest, Ops.NONE);
        registration.cancel();
        return changes;
    }

    /** A kqueue takes regular files, but reports them as ready only until their end: kqueue(2), EVFILT_READ. */
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

    /** Netty keeps the number for the user event that wakes a poll, though a filter of another kind would not clash. */
    @Override
    public boolean reservesZero() {
        return true;
    }

    /** EVFILT_READ does not tell urgent data from other data in a way that Netty shows. */
    @Override
    public boolean seesUrgent() {
        return false;
    }
}
