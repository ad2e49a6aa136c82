// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.PeerContract;
import org.asyncore.spi.Backend;

final class EpollPeerTest extends PeerContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
