// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.LayerContract;
import org.asyncore.spi.Backend;

final class NioLayerTest extends LayerContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
