// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The backend under test, over the emulation in {@code src/test/native} where the build has made it. */
final class KQueueHere {
    static {
        Path emulation = Path.of("target", "libkqshim.so").toAbsolutePath();
        if (Files.exists(emulation)) {
            System.load(emulation.toString()); // before Netty looks for its own, which has no library for Linux
        }
    }

    private KQueueHere() {}

    static KQueueBackend backend() {
        return new KQueueBackend();
    }
}
