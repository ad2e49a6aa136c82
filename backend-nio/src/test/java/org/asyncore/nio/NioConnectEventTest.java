// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.ConnectEventContract;
import org.asyncore.spi.Backend;

final class NioConnectEventTest extends ConnectEventContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
