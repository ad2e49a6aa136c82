// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.nio.channels.Channel;

/** A channel that {@link NioPoller} takes. */
sealed interface NioChannel extends Channel permits NioStream, NioServer, NioDatagram, NioDescriptor {
    /** Its place in a poller. */
    Entry entry();
}
