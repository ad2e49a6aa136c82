// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.LingerContract;
import org.asyncore.spi.Backend;

final class KQueueLingerTest extends LingerContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
