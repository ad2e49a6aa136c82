// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.SeedTraces;
import org.asyncore.spi.Backend;

final class NioSeedTracesTest extends SeedTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
