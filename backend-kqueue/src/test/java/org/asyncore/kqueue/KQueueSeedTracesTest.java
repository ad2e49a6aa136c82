// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.SeedTraces;
import org.asyncore.spi.Backend;

final class KQueueSeedTracesTest extends SeedTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
