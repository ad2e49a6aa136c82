// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file's name as a URL has it: bytes of UTF-8. The JDK writes the names of files in the encoding of the locale, so
 * that in the C locale, as containers and system services have it, there are none but ASCII's; only from a URI it takes
 * bytes.
 */
final class Utf8Path {
    private static final boolean BYTES =
            File.separatorChar == '/'; // names of files are bytes, as they are not on Windows

    private Utf8Path() {}

    static Path of(String name) {
        return BYTES && name.chars().anyMatch(c -> c >= 128)
                ? Path.of(uri(name)).getFileName()
                : Path.of(name);
    }

    private static URI uri(String name) {
        StringBuilder uri = new StringBuilder("file:///");
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            uri.append(String.format("%%%02X", octet));
        }
        return URI.create(uri.toString());
    }
}
