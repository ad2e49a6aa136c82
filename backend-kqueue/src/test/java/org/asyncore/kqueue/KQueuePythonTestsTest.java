// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.loop.PythonTestsContract;
import org.asyncore.spi.Backend;

final class KQueuePythonTestsTest extends PythonTestsContract {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
