// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.LoopContract;
import org.asyncore.spi.Backend;

final class NioLoopTest extends LoopContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
