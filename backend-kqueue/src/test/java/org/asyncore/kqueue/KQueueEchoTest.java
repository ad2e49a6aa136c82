// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.EchoContract;
import org.asyncore.spi.Backend;

final class KQueueEchoTest extends EchoContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
