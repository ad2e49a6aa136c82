// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary path that connects pairs of Unix-domain sockets. */
final class TemporaryUnixAddress implements Closeable {
    private final Path directory;
    private final Path path;

    TemporaryUnixAddress() throws IOException {
        directory = Files.createTempDirectory("asyncore");
        path = directory.resolve("s");
    }

    Path path() {
        return path;
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        Files.delete(directory);
    }
}
