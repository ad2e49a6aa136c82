// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.CallOutContract;
import org.asyncore.spi.Backend;

final class KQueueCallOutTest extends CallOutContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
