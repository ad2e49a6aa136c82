// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.LossContract;
import org.asyncore.spi.Backend;

final class KQueueLossTest extends LossContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
