// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.StandardStreamContract;
import org.asyncore.spi.Backend;

final class EpollStandardStreamTest extends StandardStreamContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
