// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.ChatOutputContract;
import org.asyncore.spi.Backend;

final class KQueueChatOutputTest extends ChatOutputContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
