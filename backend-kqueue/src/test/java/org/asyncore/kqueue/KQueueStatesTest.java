// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.states.StatesContract;
import org.asyncore.spi.Backend;

final class KQueueStatesTest extends StatesContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
