// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.states.StatesContract;
import org.asyncore.spi.Backend;

final class NioStatesTest extends StatesContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
