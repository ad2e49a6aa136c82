// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.SeedTraces;
import org.asyncore.spi.Backend;

final class EpollSeedTracesTest extends SeedTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
