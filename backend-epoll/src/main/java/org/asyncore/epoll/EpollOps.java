// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.epoll.EpollIoOps;
import org.asyncore.spi.Ops;

/**
 * Translates {@link Ops} into epoll's flags, and back. Netty makes two objects for each combination that it has no constant
 * for, so the combinations for interest are made once. Reports other than EPOLLIN or EPOLLOUT alone make them (4.2.18).
 */
final class EpollOps {
    // sys/epoll.h; Netty has no names for EPOLLPRI and EPOLLHUP.
    private static final int EPOLLIN = 1;
    private static final int EPOLLPRI = 1 << 1;
    private static final int EPOLLOUT = 1 << 2;
    private static final int EPOLLERR = 1 << 3;
    private static final int EPOLLHUP = 1 << 4;
    private static final int EPOLLRDHUP = 1 << 13;

    private static final EpollIoOps READ = EpollIoOps.valueOf(EPOLLIN | EPOLLPRI);
    private static final EpollIoOps WRITE = EpollIoOps.EPOLLOUT;
    private static final EpollIoOps READ_WRITE = EpollIoOps.valueOf(EPOLLIN | EPOLLPRI | EPOLLOUT);

    /**
     * No interest, edge-triggered: epoll reports a hang-up for any interest, and so reports it once instead of in each wait.
     * Without any flag Netty would remove the descriptor, and the next change would fail with ENOENT (4.2.18).
     */
    private static final EpollIoOps PARKED = EpollIoOps.EPOLLET;

    private EpollOps() {}

    static EpollIoOps interest(Ops ops) {
        return switch (ops) {
            case NONE -> PARKED;
            case READ -> READ;
            case WRITE -> WRITE;
            case READ_WRITE -> READ_WRITE;
        };
    }

    /** Returns the readiness. An error and a hang-up count as reading and writing. */
    static Ops ready(int events) {
        if ((events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0) {
            return Ops.READ_WRITE;
        }
        return Ops.of((events & EPOLLIN) != 0, (events & EPOLLOUT) != 0);
    }

    static boolean urgent(int events) {
        return (events & EPOLLPRI) != 0;
    }
}
