// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.EndTraces;
import org.asyncore.spi.Backend;

final class EpollEndTracesTest extends EndTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
