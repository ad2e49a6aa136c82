// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.LayerContract;
import org.asyncore.spi.Backend;

final class KQueueLayerTest extends LayerContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
