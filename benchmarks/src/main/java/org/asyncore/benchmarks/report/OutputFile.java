// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files completely before they replace the last ones. */
final class OutputFile {
    /** The content of a file. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    private OutputFile() {}

    /** Throws an exception if the file cannot be written, so that it does not fail after the measurement. */
    static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot write " + file.toAbsolutePath() + ": it is a directory");
        }
        Files.delete(temporary(file));
    }

    static void write(Path file, Content content) throws IOException {
        Path temporary = temporary(file);
        try {
            content.writeTo(temporary);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path temporary(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            return Files.createTempFile(folder, file.getFileName().toString(), ".part");
        } catch (IOException e) {
            throw new IOException(
                    "cannot write into " + folder + ": run in another directory, or name another file", e);
        }
    }
}
