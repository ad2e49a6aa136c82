// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.LoopThreadContract;
import org.asyncore.spi.Backend;

final class NioLoopThreadTest extends LoopThreadContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
