// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.ErrorTraces;
import org.asyncore.spi.Backend;

final class EpollErrorTracesTest extends ErrorTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
