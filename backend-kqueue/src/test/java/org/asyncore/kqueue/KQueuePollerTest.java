// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.PollerContract;
import org.asyncore.spi.Backend;

final class KQueuePollerTest extends PollerContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
