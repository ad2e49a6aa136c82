// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.LinuxTraces;
import org.asyncore.spi.Backend;

final class NioLinuxTracesTest extends LinuxTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
