// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.spi.Backend;
import org.asyncore.unix.UnixDescriptorChecks;

final class EpollDescriptorTest extends UnixDescriptorChecks {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
