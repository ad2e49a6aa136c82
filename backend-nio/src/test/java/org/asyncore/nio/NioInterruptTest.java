// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.InterruptContract;
import org.asyncore.spi.Backend;

final class NioInterruptTest extends InterruptContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
