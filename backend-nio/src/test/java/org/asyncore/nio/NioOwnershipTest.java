// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.OwnershipContract;
import org.asyncore.spi.Backend;

final class NioOwnershipTest extends OwnershipContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
