// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.ServerChannelContract;
import org.asyncore.spi.Backend;

final class EpollServerChannelTest extends ServerChannelContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
