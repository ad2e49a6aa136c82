// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.TurnTraces;
import org.asyncore.spi.Backend;

final class KQueueTurnTracesTest extends TurnTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
