// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;

/** Runs commands of the system. */
final class SystemCommand {
    private SystemCommand() {}

    /** Runs a command, and returns its output and errors. */
    static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command[0] + " ended with status " + status + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return output;
    }
}
