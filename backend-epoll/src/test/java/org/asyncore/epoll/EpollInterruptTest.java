// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.InterruptContract;
import org.asyncore.spi.Backend;

final class EpollInterruptTest extends InterruptContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
