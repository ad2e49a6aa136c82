// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.ProducerContract;
import org.asyncore.spi.Backend;

final class NioProducerTest extends ProducerContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
