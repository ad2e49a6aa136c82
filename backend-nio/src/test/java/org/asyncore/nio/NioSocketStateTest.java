// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.SocketContract;
import org.asyncore.spi.Backend;

final class NioSocketStateTest extends SocketContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
