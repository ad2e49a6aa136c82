// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.LoopContract;
import org.asyncore.spi.Backend;

final class KQueueLoopTest extends LoopContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
