// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.DatagramChannelContract;
import org.asyncore.spi.Backend;

final class EpollDatagramChannelTest extends DatagramChannelContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
