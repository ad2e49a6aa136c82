// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.LoopThreadContract;
import org.asyncore.spi.Backend;

final class KQueueLoopThreadTest extends LoopThreadContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
