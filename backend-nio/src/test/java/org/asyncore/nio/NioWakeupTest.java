// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.WakeupContract;
import org.asyncore.spi.Backend;

final class NioWakeupTest extends WakeupContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
