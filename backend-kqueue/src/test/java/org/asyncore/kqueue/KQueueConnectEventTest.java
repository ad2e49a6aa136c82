// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.ConnectEventContract;
import org.asyncore.spi.Backend;

final class KQueueConnectEventTest extends ConnectEventContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
