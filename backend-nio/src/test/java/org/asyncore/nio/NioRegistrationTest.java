// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.RegistrationContract;
import org.asyncore.spi.Backend;

final class NioRegistrationTest extends RegistrationContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
