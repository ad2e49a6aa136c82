// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this service's state to systemd, sd_notify(3), if the variable {@code NOTIFY_SOCKET} is set. The JDK has no
 * datagram sockets of the Unix domain, so the program {@code systemd-notify} sends the message. A service therefore needs
 * {@code NotifyAccess=all}.
 */
final class SystemdNotify {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);
    private static final int PATIENCE_SECONDS = 10;

    private SystemdNotify() {}

    /** Sends that the server listens. */
    static void ready() {
        send("READY=1");
    }

    /** Sends that the server has begun to shut down. */
    static void stopping() {
        send("STOPPING=1");
    }

    private static void send(String state) {
        if (System.getenv("NOTIFY_SOCKET") == null) {
            return;
        }
        try {
            String failure = failure(new ProcessBuilder("systemd-notify", state));
            if (failure != null) {
                LOG.warn("systemd-notify {} has failed: {}", state, failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String failure(ProcessBuilder command) throws InterruptedException {
        try {
            Process program = command.inheritIO().start();
            if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                program.destroyForcibly();
                return "no end after " + PATIENCE_SECONDS + " s";
            }
            return program.exitValue() == 0 ? null : "exit code " + program.exitValue();
        } catch (IOException e) {
            return ErrorMessages.of(e);
        }
    }
}
