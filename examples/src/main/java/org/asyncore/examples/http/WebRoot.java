// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Finds files below a folder, and nothing outside of it, whatever the target of a request is. */
final class WebRoot {
    private static final String INDEX = "index.html";

    private final Path root; // real

    WebRoot(Path folder) throws IOException {
        root = folder.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(folder.toString());
        }
    }

    /** Returns the file that a target names. */
    WebFile find(HttpTarget target) throws HttpRefusal {
        WebPath path = WebPath.of(target);
        try {
            return find(path);
        } catch (AccessDeniedException e) {
            throw forbidden();
        } catch (IOException | InvalidPathException e) {
            throw notFound(); // also if this file system cannot have the name
        }
    }

    private WebFile find(WebPath wanted) throws IOException, HttpRefusal {
        Path path = root;
        BasicFileAttributes attributes = null;
        for (String name : wanted.names()) {
            path = path.resolve(Utf8Path.of(name));
            attributes = attributes(path);
            if (attributes.isSymbolicLink()) {
                path = followed(path);
                attributes = attributes(path);
            }
        }
        if (attributes == null || attributes.isDirectory()) {
            return index(wanted);
        }
        if (!attributes.isRegularFile() || wanted.isFolder()) {
            throw notFound(); // for one, a pipe: opening it would block the loop
        }
        if (!Files.isReadable(path)) {
            throw forbidden(); // found here, because a HEAD or a 304 opens no file
        }
        return WebFile.of(path, attributes);
    }

    private WebFile index(WebPath folder) throws IOException, HttpRefusal {
        if (!folder.isFolder()) {
            throw new HttpRefusal(HttpStatus.MOVED_PERMANENTLY, "a folder", "Location: " + folder.location());
        }
        return find(folder.file(INDEX));
    }

    private Path followed(Path link) throws IOException, HttpRefusal {
        Path real = link.toRealPath();
        if (!real.startsWith(root)) {
            throw new HttpRefusal(HttpStatus.FORBIDDEN, "a link leaves the folder");
        }
        return real;
    }

    /** Reads the attributes without following a link, so a path without links costs one call for each name. */
    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static HttpRefusal forbidden() {
        return new HttpRefusal(HttpStatus.FORBIDDEN, "not readable");
    }

    static HttpRefusal notFound() {
        return new HttpRefusal(HttpStatus.NOT_FOUND, "no such file");
    }
}
