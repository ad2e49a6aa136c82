// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.spi.Backend;
import org.asyncore.unix.UnixSocketChecks;

final class EpollSocketTest extends UnixSocketChecks {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
