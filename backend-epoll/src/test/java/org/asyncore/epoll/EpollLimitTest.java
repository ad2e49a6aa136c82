// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.LimitContract;
import org.asyncore.spi.Backend;

final class EpollLimitTest extends LimitContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
