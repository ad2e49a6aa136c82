// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import org.asyncore.conformance.programs.RandomPrograms;
import org.asyncore.spi.Backend;

final class NioProgramsTest extends RandomPrograms {
    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
