// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the repository. */
final class Pages {
    private static final Path ROOT = Path.of("..");

    private Pages() {}

    /** Returns the names of all pages in the repository's root and in {@code docs}. */
    static List<String> all() throws IOException {
        return Stream.concat(list(""), list("docs/")).sorted().toList();
    }

    private static Stream<String> list(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files
                    .map(file -> folder + file.getFileName())
                    .filter(name -> name.endsWith(".md"))
                    .toList()
                    .stream();
        }
    }

    static String read(String page) throws IOException {
        return Files.readString(ROOT.resolve(page)).replace("\r\n", "\n");
    }
}
