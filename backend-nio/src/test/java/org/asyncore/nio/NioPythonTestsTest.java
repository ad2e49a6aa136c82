// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.loop.PythonTestsContract;
import org.asyncore.spi.Backend;

final class NioPythonTestsTest extends PythonTestsContract {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
