// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.SocketContract;
import org.asyncore.spi.Backend;

final class KQueueSocketStateTest extends SocketContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
