// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.loop.PythonTestsContract;
import org.asyncore.spi.Backend;

final class EpollPythonTestsTest extends PythonTestsContract {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
