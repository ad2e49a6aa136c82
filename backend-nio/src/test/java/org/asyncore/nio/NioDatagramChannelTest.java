// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.DatagramChannelContract;
import org.asyncore.spi.Backend;

final class NioDatagramChannelTest extends DatagramChannelContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
