// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.LinuxTraces;
import org.asyncore.spi.Backend;

final class EpollLinuxTracesTest extends LinuxTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }

    @Override
    protected boolean seesUrgentData() {
        return true;
    }
}
