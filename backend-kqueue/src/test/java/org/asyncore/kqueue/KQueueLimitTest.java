// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.LimitContract;
import org.asyncore.spi.Backend;

final class KQueueLimitTest extends LimitContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
