// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.LingerContract;
import org.asyncore.spi.Backend;

final class NioLingerTest extends LingerContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
