// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.WakeupContract;
import org.asyncore.spi.Backend;

final class EpollWakeupTest extends WakeupContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
