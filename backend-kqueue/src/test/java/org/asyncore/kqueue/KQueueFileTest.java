// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.FileContract;
import org.asyncore.spi.Backend;

final class KQueueFileTest extends FileContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
