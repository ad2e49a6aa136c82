// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.TransferTraces;
import org.asyncore.spi.Backend;

final class NioTransferTracesTest extends TransferTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
