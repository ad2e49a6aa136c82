// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.LimitContract;
import org.asyncore.spi.Backend;

final class NioLimitTest extends LimitContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
