// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.PollerContract;
import org.asyncore.spi.Backend;

final class EpollPollerTest extends PollerContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
