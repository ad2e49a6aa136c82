// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.TransferTraces;
import org.asyncore.spi.Backend;

final class KQueueTransferTracesTest extends TransferTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
