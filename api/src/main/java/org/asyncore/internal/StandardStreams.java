// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that standard streams are open, because the JDK does not. */
public final class StandardStreams {
    private StandardStreams() {}

    /**
     * Refuses a stream that the process was started without, {@code <&-} in a shell.
     *
     * <p>On Unix, on all JDKs, the first file that the JVM opens for itself, {@code lib/modules}, gets the number then.
     *
     * @throws IOException if it is closed
     */
    public static void requireOpen(FileDescriptor standard) throws IOException {
        Path numbers = Path.of("/dev/fd");
        Path entry = numbers.resolve(standard == FileDescriptor.in ? "0" : standard == FileDescriptor.out ? "1" : "2");
        if (Files.isDirectory(numbers) && (!Files.exists(entry) || isJvms(entry))) {
            throw new IOException(
                    "descriptor " + entry.getFileName() + " is closed: the process was started without it");
        }
    }

    private static boolean isJvms(Path entry) throws IOException {
        Path image = Path.of(System.getProperty("java.home", ""), "lib", "modules");
        return Files.exists(image) && Files.isSameFile(entry, image);
    }
}
