// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.ConnectContract;
import org.asyncore.spi.Backend;

final class EpollConnectTest extends ConnectContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
