// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.InterruptContract;
import org.asyncore.spi.Backend;

final class KQueueInterruptTest extends InterruptContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
