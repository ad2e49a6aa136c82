// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.traces.ChatTraces;
import org.asyncore.spi.Backend;

final class EpollChatTracesTest extends ChatTraces {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
