// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.ConnectTraces;
import org.asyncore.spi.Backend;

final class NioConnectTracesTest extends ConnectTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
