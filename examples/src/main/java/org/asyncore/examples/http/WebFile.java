// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;

/** A file that may be served, as it was when it was looked up. */
record WebFile(Path path, long size, Instant modified) {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    static WebFile of(Path path, BasicFileAttributes attributes) {
        return new WebFile(
                path, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    FileChannel open() throws IOException {
        return FileChannel.open(path, READ);
    }

    /** Returns a tag that changes with the content. The time is in nanoseconds if the file system has them. */
    String etag() {
        return "\"" + Long.toHexString(modified.getEpochSecond()) + "." + Integer.toHexString(modified.getNano()) + "-"
                + Long.toHexString(size) + "\"";
    }
}
