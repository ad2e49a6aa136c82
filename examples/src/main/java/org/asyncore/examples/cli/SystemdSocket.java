// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.util.List;
import org.asyncore.InheritedSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket that systemd has opened for this server: socket activation, systemd.socket(5). */
final class SystemdSocket {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdSocket.class);

    private SystemdSocket() {}

    /**
     * Returns the number of its descriptor, or null if there is none.
     *
     * @throws IOException if there are several
     */
    static @Nullable Integer descriptor() throws IOException {
        List<Integer> descriptors = InheritedSockets.descriptors();
        if (descriptors.size() > 1) {
            throw new IOException("LISTEN_FDS has " + descriptors.size() + " sockets, and this server listens on one");
        }
        String process = System.getenv("LISTEN_PID");
        if (descriptors.isEmpty() && process != null) {
            LOG.warn(
                    "the sockets of LISTEN_FDS are for process {}, and this is {}: start java without a shell, or by its exec",
                    process,
                    ProcessHandle.current().pid());
        }
        return descriptors.isEmpty() ? null : descriptors.get(0);
    }
}
