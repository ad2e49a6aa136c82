// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import org.asyncore.conformance.BackendConformance;
import org.asyncore.spi.Backend;
import org.asyncore.unix.InheritedServerContract;
import org.asyncore.unix.UnixDescriptorContract;
import org.asyncore.unix.UnixGarbageContract;
import org.asyncore.unix.UnixSocketContract;
import org.junit.jupiter.api.Nested;

/** Runs on macOS and the BSDs, and on Linux over the emulation that {@link KQueueUnderTest} loads. */
final class KQueueConformanceTest extends BackendConformance {
    @Override
    public Backend backend() {
        return KQueueUnderTest.backend();
    }

    @Nested
    final class InheritedServerTest extends InheritedServerContract {}

    @Nested
    final class UnixDescriptorTest extends UnixDescriptorContract {}

    @Nested
    final class UnixGarbageTest extends UnixGarbageContract {}

    @Nested
    final class UnixSocketTest extends UnixSocketContract {}
}
