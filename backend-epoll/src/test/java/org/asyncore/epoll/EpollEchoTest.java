// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.EchoContract;
import org.asyncore.spi.Backend;

final class EpollEchoTest extends EchoContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
