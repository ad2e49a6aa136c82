// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.nio.channels.Channel;
import org.asyncore.spi.ReadyHandler;
import org.jspecify.annotations.Nullable;

/** What the poller asks of a channel. */
interface UnixChannel extends Channel {
    Descriptor descriptor();

    /** Whether the kernel can wait for it; if not, it is always ready. */
    default boolean polled() {
        return true;
    }

    /** A FIFO whose first writer has not come: until then the channel is neither ready nor polled. */
    default @Nullable UnixFifoReader awaited() {
        return null;
    }

    /** The handler to call in place of the given one; for channels that must know what was reported. */
    default ReadyHandler seeing(ReadyHandler handler) {
        return handler;
    }
}
