// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.ChatContract;
import org.asyncore.spi.Backend;

final class EpollChatTest extends ChatContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
