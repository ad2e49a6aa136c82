// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.ConnectTraces;
import org.asyncore.spi.Backend;

final class KQueueConnectTracesTest extends ConnectTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
