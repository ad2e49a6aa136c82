// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.HangUpContract;
import org.asyncore.spi.Backend;

final class KQueueHangUpTest extends HangUpContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
