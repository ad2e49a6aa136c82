// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.LinuxTraces;
import org.asyncore.spi.Backend;

final class KQueueLinuxTracesTest extends LinuxTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
