// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.ConnectContract;
import org.asyncore.spi.Backend;

final class NioConnectTest extends ConnectContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
