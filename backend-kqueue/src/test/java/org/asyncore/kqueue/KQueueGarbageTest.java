// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.spi.Backend;
import org.asyncore.unix.UnixGarbageChecks;

final class KQueueGarbageTest extends UnixGarbageChecks {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
