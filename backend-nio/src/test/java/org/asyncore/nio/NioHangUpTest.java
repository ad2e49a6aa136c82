// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.HangUpContract;
import org.asyncore.spi.Backend;

final class NioHangUpTest extends HangUpContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
