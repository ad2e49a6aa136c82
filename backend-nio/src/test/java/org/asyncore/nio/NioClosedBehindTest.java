// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.ClosedBehindContract;
import org.asyncore.spi.Backend;

final class NioClosedBehindTest extends ClosedBehindContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
