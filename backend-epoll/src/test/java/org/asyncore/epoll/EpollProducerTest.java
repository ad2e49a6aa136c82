// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.ProducerContract;
import org.asyncore.spi.Backend;

final class EpollProducerTest extends ProducerContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
