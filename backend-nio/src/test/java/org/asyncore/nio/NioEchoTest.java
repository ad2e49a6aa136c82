// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.EchoContract;
import org.asyncore.spi.Backend;

final class NioEchoTest extends EchoContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
