// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.nio.channels.Channel;

/** A channel that {@link NioPoller} can register. */
interface NioChannel extends Channel {
    /** Returns the channel's place in a poller. */
    PollerSlot slot();

    @Override
    default boolean isOpen() {
        return slot().channel.isOpen();
    }

    @Override
    default void close() throws IOException {
        slot().close();
    }
}
