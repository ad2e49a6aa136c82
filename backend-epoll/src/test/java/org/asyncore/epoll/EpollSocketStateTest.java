// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.SocketContract;
import org.asyncore.spi.Backend;

final class EpollSocketStateTest extends SocketContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
