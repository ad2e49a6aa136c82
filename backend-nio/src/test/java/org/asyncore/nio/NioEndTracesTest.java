// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.traces.EndTraces;
import org.asyncore.spi.Backend;

final class NioEndTracesTest extends EndTraces {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
