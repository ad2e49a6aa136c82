// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.ClosedBehindContract;
import org.asyncore.spi.Backend;

final class KQueueClosedBehindTest extends ClosedBehindContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
