// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.epoll.EpollIoOps;
import org.asyncore.spi.Ops;

/**
 * Ops as epoll's flags, and back. Netty makes two objects for each combination it has no constant for, so those to ask
 * with are made once; reported combinations other than plain EPOLLIN or EPOLLOUT still cost that (4.2.18).
 */
final class EpollOps {
    // epoll.h; Netty has no names for the second and the fifth.
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
     * Edge-triggered for nothing: a hang-up, which epoll reports in any case, is told once instead of for ever. With no
     * flags at all, Netty would remove the descriptor, and fail with ENOENT when it is asked for something again (4.2.18).
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

    /** Error and hang-up count as everything. */
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
