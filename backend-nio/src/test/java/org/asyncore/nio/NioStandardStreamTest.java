// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.StandardStreamContract;
import org.asyncore.spi.Backend;

final class NioStandardStreamTest extends StandardStreamContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
