// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.ChatOutputContract;
import org.asyncore.spi.Backend;

final class NioChatOutputTest extends ChatOutputContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
