// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.LoopContract;
import org.asyncore.spi.Backend;

final class EpollLoopTest extends LoopContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
