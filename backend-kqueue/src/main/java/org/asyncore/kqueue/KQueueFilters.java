// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import io.netty.channel.kqueue.KQueueIoOps;
import org.asyncore.spi.Ops;

/**
 * Translates {@link Ops} into kqueue's filters, and back. Level-triggered. Flags are ignored: EV_EOF comes while bytes are
 * still to be read, each filter reports the end of its direction, and the next read or write returns it.
 */
final class KQueueFilters {
    // sys/event.h; the same on macOS and the BSDs.
    static final short EVFILT_READ = -1;
    static final short EVFILT_WRITE = -2;
    private static final short EV_ADD_ENABLE = 0x0001 | 0x0004;
    private static final short EV_DELETE = 0x0002;

    static final KQueueIoOps ADD_READ = KQueueIoOps.newOps(EVFILT_READ, EV_ADD_ENABLE, 0);
    static final KQueueIoOps DELETE_READ = KQueueIoOps.newOps(EVFILT_READ, EV_DELETE, 0);
    static final KQueueIoOps ADD_WRITE = KQueueIoOps.newOps(EVFILT_WRITE, EV_ADD_ENABLE, 0);
    static final KQueueIoOps DELETE_WRITE = KQueueIoOps.newOps(EVFILT_WRITE, EV_DELETE, 0);

    private KQueueFilters() {}

    static Ops ready(short filter) {
        return switch (filter) {
            case EVFILT_READ -> Ops.READ;
            case EVFILT_WRITE -> Ops.WRITE;
            default -> Ops.NONE;
        };
    }
}
