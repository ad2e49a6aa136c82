// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.UnixChannelContract;
import org.asyncore.spi.Backend;

final class EpollUnixChannelTest extends UnixChannelContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
