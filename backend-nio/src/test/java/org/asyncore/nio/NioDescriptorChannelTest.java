// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.DescriptorChannelContract;
import org.asyncore.spi.Backend;

final class NioDescriptorChannelTest extends DescriptorChannelContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
