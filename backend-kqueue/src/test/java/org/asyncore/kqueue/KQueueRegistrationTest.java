// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.RegistrationContract;
import org.asyncore.spi.Backend;

final class KQueueRegistrationTest extends RegistrationContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
