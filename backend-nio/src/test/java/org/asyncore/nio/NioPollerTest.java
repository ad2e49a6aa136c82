// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.PollerContract;
import org.asyncore.spi.Backend;

final class NioPollerTest extends PollerContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
