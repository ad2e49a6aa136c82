// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.PeerContract;
import org.asyncore.spi.Backend;

final class NioPeerTest extends PeerContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
