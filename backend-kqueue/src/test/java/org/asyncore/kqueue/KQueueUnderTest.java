// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.spi.Backend;
import org.asyncore.spi.ForwardingBackend;

/**
 * The backend under test, over the emulation in {@code src/test/native} if the build has made it. It is a service
 * provider, so that processes that tests start find it, too.
 */
public final class KQueueUnderTest extends ForwardingBackend {
    static {
        Path emulation = Path.of("target", "libkqshim.so").toAbsolutePath();
        if (Files.exists(emulation)) {
            System.load(emulation.toString()); // before Netty looks for its own library, which does not exist for Linux
        }
    }

    /** Makes the backend; called by {@link java.util.ServiceLoader}, too. */
    public KQueueUnderTest() {
        super(new KQueueBackend());
    }

    static Backend backend() {
        return new KQueueUnderTest();
    }
}
