// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the open descriptors of this process. */
public final class OpenDescriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private OpenDescriptors() {}

    /** Returns true if {@link #count} leaves out the files and devices that the JVM opens at any time. */
    public static boolean areExact() {
        return Files.isDirectory(OPEN);
    }

    /**
     * Returns the number of open sockets and pipes on Linux, of all open descriptors on other Unixes, and 0 elsewhere.
     */
    public static long count() {
        if (areExact()) {
            return countExactly();
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** Returns how many descriptors this process may open, or as many as a long can hold if nothing limits them. */
    public static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private static long countExactly() {
        try (Stream<Path> links = Files.list(OPEN)) {
            return links.filter(OpenDescriptors::isOfInterest).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfInterest(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return !target.startsWith("/dev/") && !target.startsWith("/proc/") && !Files.isRegularFile(link);
        } catch (IOException e) {
            return false; // closed meanwhile, like the descriptor of the directory itself
        }
    }
}
