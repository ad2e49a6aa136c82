// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.EndTraces;
import org.asyncore.spi.Backend;

final class KQueueEndTracesTest extends EndTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
