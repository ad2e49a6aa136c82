// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.ConnectTraces;
import org.asyncore.spi.Backend;

final class EpollConnectTracesTest extends ConnectTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
