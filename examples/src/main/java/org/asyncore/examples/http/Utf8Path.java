// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Makes a path of a name whose bytes are UTF-8, in every locale. The JDK encodes file names as the locale says. So in
 * the C locale, which containers and system services often have, a path can have only ASCII names, unless it is made of
 * a URI with encoded bytes.
 */
final class Utf8Path {
    private static final boolean BYTES = File.separatorChar == '/'; // file names are bytes, except on Windows

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
