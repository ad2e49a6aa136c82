// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.DescriptorChannelContract;
import org.asyncore.spi.Backend;

final class KQueueDescriptorChannelTest extends DescriptorChannelContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
