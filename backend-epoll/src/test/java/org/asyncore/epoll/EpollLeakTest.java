// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.LeakContract;
import org.asyncore.spi.Backend;

final class EpollLeakTest extends LeakContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
