// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.ServerChannelContract;
import org.asyncore.spi.Backend;

final class NioServerChannelTest extends ServerChannelContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
