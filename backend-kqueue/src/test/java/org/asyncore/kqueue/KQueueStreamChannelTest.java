// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.StreamChannelContract;
import org.asyncore.spi.Backend;

final class KQueueStreamChannelTest extends StreamChannelContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
