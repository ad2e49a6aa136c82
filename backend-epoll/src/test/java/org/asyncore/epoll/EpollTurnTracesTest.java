// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.TurnTraces;
import org.asyncore.spi.Backend;

final class EpollTurnTracesTest extends TurnTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
