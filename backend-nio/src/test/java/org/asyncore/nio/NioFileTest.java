// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.FileContract;
import org.asyncore.spi.Backend;

final class NioFileTest extends FileContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
