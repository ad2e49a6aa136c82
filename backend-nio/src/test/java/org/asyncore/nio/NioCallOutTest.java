// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.CallOutContract;
import org.asyncore.spi.Backend;

final class NioCallOutTest extends CallOutContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
