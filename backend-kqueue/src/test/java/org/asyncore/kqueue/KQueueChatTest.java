// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.ChatContract;
import org.asyncore.spi.Backend;

final class KQueueChatTest extends ChatContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
