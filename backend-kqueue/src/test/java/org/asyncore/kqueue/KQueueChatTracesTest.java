// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.traces.ChatTraces;
import org.asyncore.spi.Backend;

final class KQueueChatTracesTest extends ChatTraces {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
