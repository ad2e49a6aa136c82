// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.StandardStreamContract;
import org.asyncore.spi.Backend;

final class KQueueStandardStreamTest extends StandardStreamContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
