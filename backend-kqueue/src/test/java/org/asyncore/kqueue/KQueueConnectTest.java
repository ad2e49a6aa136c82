// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.ConnectContract;
import org.asyncore.spi.Backend;

final class KQueueConnectTest extends ConnectContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
