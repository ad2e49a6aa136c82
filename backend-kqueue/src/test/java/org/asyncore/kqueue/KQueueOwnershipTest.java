// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.OwnershipContract;
import org.asyncore.spi.Backend;

final class KQueueOwnershipTest extends OwnershipContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
