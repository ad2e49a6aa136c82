// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.LeakContract;
import org.asyncore.spi.Backend;

final class KQueueLeakTest extends LeakContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
