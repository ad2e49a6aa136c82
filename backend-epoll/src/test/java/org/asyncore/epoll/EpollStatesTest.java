// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.states.StatesContract;
import org.asyncore.spi.Backend;

final class EpollStatesTest extends StatesContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
