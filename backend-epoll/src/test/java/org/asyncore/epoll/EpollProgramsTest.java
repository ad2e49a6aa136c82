// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import org.asyncore.conformance.programs.RandomPrograms;
import org.asyncore.spi.Backend;

final class EpollProgramsTest extends RandomPrograms {
    @Override
    protected Backend backend() {
        return new EpollBackend();
    }
}
