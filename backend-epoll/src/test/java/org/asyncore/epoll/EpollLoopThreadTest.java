// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.LoopThreadContract;
import org.asyncore.spi.Backend;

final class EpollLoopThreadTest extends LoopThreadContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
