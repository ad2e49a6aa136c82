// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.nio.channels.Channel;
import org.asyncore.spi.ReadyHandler;

/** What the poller asks of a channel. */
interface UnixChannel extends Channel {
    Descriptor descriptor();

    /** Whether the kernel can wait for it; if not, it is always ready. */
    default boolean polled() {
        return true;
    }

    /** The handler to call in place of the given one; for channels that must know what was reported. */
    default ReadyHandler seeing(ReadyHandler handler) {
        return handler;
    }
}
