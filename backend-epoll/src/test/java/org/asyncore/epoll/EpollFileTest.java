// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.FileContract;
import org.asyncore.spi.Backend;

final class EpollFileTest extends FileContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
