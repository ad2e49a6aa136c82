// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.StreamChannelContract;
import org.asyncore.spi.Backend;

final class NioStreamChannelTest extends StreamChannelContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
