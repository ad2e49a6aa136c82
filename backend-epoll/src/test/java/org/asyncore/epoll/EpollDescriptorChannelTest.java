// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.DescriptorChannelContract;
import org.asyncore.spi.Backend;

final class EpollDescriptorChannelTest extends DescriptorChannelContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
