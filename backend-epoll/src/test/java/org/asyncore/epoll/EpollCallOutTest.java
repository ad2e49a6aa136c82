// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.CallOutContract;
import org.asyncore.spi.Backend;

final class EpollCallOutTest extends CallOutContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
