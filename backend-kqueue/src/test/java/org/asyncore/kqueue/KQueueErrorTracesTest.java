// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.ErrorTraces;
import org.asyncore.spi.Backend;

final class KQueueErrorTracesTest extends ErrorTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
