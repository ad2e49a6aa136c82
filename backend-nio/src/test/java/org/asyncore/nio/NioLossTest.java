// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.LossContract;
import org.asyncore.spi.Backend;

final class NioLossTest extends LossContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
