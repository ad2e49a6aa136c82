// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.UnixChannelContract;
import org.asyncore.spi.Backend;

final class NioUnixChannelTest extends UnixChannelContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
