// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.ServerChannelContract;
import org.asyncore.spi.Backend;

final class KQueueServerChannelTest extends ServerChannelContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
