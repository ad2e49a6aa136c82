// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.RegistrationContract;
import org.asyncore.spi.Backend;

final class EpollRegistrationTest extends RegistrationContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
