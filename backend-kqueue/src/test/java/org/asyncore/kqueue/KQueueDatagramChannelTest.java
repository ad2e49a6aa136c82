// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.DatagramChannelContract;
import org.asyncore.spi.Backend;

final class KQueueDatagramChannelTest extends DatagramChannelContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
