// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.BackendConformance;
import org.asyncore.spi.Backend;

/** Runs on every system. */
final class NioConformanceTest extends BackendConformance {
    @Override
    public Backend backend() {
        return new NioBackend();
    }
}
