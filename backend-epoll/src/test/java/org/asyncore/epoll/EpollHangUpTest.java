// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.HangUpContract;
import org.asyncore.spi.Backend;

final class EpollHangUpTest extends HangUpContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
