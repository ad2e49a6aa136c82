// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.ProducerContract;
import org.asyncore.spi.Backend;

final class KQueueProducerTest extends ProducerContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
