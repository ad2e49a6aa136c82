// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.spi.Backend;
import org.asyncore.unix.UnixGarbageChecks;

final class EpollGarbageTest extends UnixGarbageChecks {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
