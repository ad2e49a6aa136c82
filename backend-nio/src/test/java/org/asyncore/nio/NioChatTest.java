// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.ChatContract;
import org.asyncore.spi.Backend;

final class NioChatTest extends ChatContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
