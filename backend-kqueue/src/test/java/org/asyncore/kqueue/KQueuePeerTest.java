// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.PeerContract;
import org.asyncore.spi.Backend;

final class KQueuePeerTest extends PeerContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
