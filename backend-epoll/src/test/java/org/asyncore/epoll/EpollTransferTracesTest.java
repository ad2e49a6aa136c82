// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.TransferTraces;
import org.asyncore.spi.Backend;

final class EpollTransferTracesTest extends TransferTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
