// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.WakeupContract;
import org.asyncore.spi.Backend;

final class KQueueWakeupTest extends WakeupContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
