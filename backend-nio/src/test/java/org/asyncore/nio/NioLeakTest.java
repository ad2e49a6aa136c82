// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.LeakContract;
import org.asyncore.spi.Backend;

final class NioLeakTest extends LeakContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
