// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.ChatTraces;
import org.asyncore.spi.Backend;

final class NioChatTracesTest extends ChatTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
