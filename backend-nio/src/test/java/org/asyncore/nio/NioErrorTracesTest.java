// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.ErrorTraces;
import org.asyncore.spi.Backend;

final class NioErrorTracesTest extends ErrorTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
