// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.OwnershipContract;
import org.asyncore.spi.Backend;

final class EpollOwnershipTest extends OwnershipContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
