// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.ConnectEventContract;
import org.asyncore.spi.Backend;

final class EpollConnectEventTest extends ConnectEventContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
