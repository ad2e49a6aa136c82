// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.LossContract;
import org.asyncore.spi.Backend;

final class EpollLossTest extends LossContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
