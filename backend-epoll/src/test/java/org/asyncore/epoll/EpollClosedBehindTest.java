// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.ClosedBehindContract;
import org.asyncore.spi.Backend;

final class EpollClosedBehindTest extends ClosedBehindContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
