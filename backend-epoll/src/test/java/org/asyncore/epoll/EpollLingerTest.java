// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.LingerContract;
import org.asyncore.spi.Backend;

final class EpollLingerTest extends LingerContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
