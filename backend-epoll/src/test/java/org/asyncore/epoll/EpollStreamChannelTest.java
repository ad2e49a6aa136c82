// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.StreamChannelContract;
import org.asyncore.spi.Backend;

final class EpollStreamChannelTest extends StreamChannelContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
