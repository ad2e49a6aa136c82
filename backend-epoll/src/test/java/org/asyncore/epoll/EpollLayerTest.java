// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.LayerContract;
import org.asyncore.spi.Backend;

final class EpollLayerTest extends LayerContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
