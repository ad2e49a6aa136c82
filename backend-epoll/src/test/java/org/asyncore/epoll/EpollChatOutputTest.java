// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.ChatOutputContract;
import org.asyncore.spi.Backend;

final class EpollChatOutputTest extends ChatOutputContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
