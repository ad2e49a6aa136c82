// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.UnixChannelContract;
import org.asyncore.spi.Backend;

final class KQueueUnixChannelTest extends UnixChannelContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
