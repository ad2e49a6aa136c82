// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.programs.RandomPrograms;
import org.asyncore.spi.Backend;

final class KQueueProgramsTest extends RandomPrograms {
    @Override
    protected Backend backend() {
        return KQueueHere.backend();
    }
}
