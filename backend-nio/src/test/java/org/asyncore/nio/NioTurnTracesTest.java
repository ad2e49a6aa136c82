// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.TurnTraces;
import org.asyncore.spi.Backend;

final class NioTurnTracesTest extends TurnTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
