// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebRootTest {
    @TempDir
    Path folder;

    private Path outside = Path.of("");
    private Path inside = Path.of("");

    @BeforeEach
    void files() throws IOException {
        outside = Files.writeString(folder.resolve("secret"), "secret");
        inside = Files.createDirectories(folder.resolve("root"));
        Files.writeString(inside.resolve("a b"), "with a blank");
        Files.writeString(inside.resolve("plain"), "plain");
        Files.createDirectories(inside.resolve("sub/empty"));
        Files.writeString(inside.resolve("sub/index.html"), "index");
    }

    /** Returns the content of the file that is served for a target, or the status of the refusal. */
    private String served(String target) throws IOException {
        try {
            WebFile file = new WebRoot(inside).find(HttpTarget.parse(target));
            assertEquals(file.size(), Files.size(file.path()));
            return Files.readString(file.path());
        } catch (HttpRefusal e) {
            return e.status.toString().substring(0, 3) + (e.field == null ? "" : " " + e.field);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/sub/index.html?, index",
        "/plain, plain",
        "/plain?query/../.., plain",
        "//plain, plain",
        "/./plain, plain",
        "http://host/plain, plain",
        "HTTPS://host:1/plain?q, plain",
        "/a%20b, with a blank",
        "/%70lain, plain",
        "/sub/, index",
        "/sub//index.html, index",
        "/sub, 301 Location: /sub/",
        "/sub?, 301 Location: /sub/?",
        "//sub?q=/x?y, 301 Location: /sub/?q=/x?y",
        "http://host/sub?q, 301 Location: /sub/?q",
        "http://host?q, 404",
        "/sub/empty/, 404",
        "/, 404",
        "http://host, 404",
        "/plain/, 404",
        "/plain/x, 404",
        "/none, 404",
        "/sub/none, 404",
        "/../secret, 403",
        "/sub/../../secret, 403",
        "/sub/../plain, 403",
        "/%2e%2e/secret, 403",
        "/%2E./secret, 403",
        "/..%2fsecret, 400",
        "/..%5csecret, 400",
        "/..\\secret, 400",
        "/plain%00, 400",
        "/plain%, 400",
        "/plain%2, 400",
        "/plain%zz, 400",
        "/%ff, 400",
        "/%c0%ae%c0%ae/secret, 400",
        "/plain#x, 400",
        "plain, 400",
        "'', 400",
        "/pl|ain, 400",
        "/plain?\"q\", 400",
        "/plain?%, 400",
        "/plain%7f, 400",
        "httpx://host/plain, 400",
        "httphost/plain, 400",
        "http:/plain, 400",
        "http:///plain, 400",
        "http://:80/plain, 400",
        "http://me@host/plain, 400",
        "http://host:port/plain, 400",
        "http://[::1/plain, 400",
        "http://[::1]:80/plain, plain",
        "http://my_host/plain, plain",
        "*, 400",
        "ftp://host/plain, 400"
    })
    void targetIsServedFromBelowTheRootOnly(String target, String outcome) throws IOException {
        assertEquals(outcome, served(target));
    }

    @Test
    void nonAsciiNameIsFound() throws IOException {
        Files.writeString(inside.resolve(Utf8Path.of("\u00fc\u65e5.txt")), "beyond");
        assertEquals("beyond", served("/%C3%BC%E6%97%A5.txt"));
        assertEquals("404", served("/%C3%BC"));
    }

    @Test
    void fileThatMayNotBeReadIsForbidden() throws IOException {
        Path closed = Files.writeString(inside.resolve("closed"), "closed");
        assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "the superuser reads all");
        assertEquals("403", served("/closed"));
    }

    @Test
    void nameThatIsTooLongIsNotFound() throws IOException {
        assertEquals("404", served("/" + "a".repeat(5000)));
    }

    @Test
    void linkIsFollowedInsideOnly() throws IOException {
        link("in", inside.resolve("plain"));
        link("sub/up", inside);
        link("out", outside);
        link("sub/away", folder);
        link("loop", inside.resolve("loop"));
        link("broken", inside.resolve("none"));
        assertEquals("plain", served("/in"));
        assertEquals("plain", served("/sub/up/plain"));
        assertEquals("403", served("/out"));
        assertEquals("403", served("/sub/away/secret"));
        assertEquals("403", served("/sub/away/root/plain"));
        assertEquals("404", served("/loop"));
        assertEquals("404", served("/broken"));
    }

    private void link(String name, Path target) throws IOException {
        try {
            Files.createSymbolicLink(inside.resolve(name), target);
        } catch (UnsupportedOperationException e) {
            assumeTrue(false, "no symbolic links here");
        }
    }

    @Test
    void rootThatIsNoFolderIsRefused() {
        assertThrows(NotDirectoryException.class, () -> new WebRoot(outside));
    }

    @Test
    void tagChangesWithTheContent() throws Exception {
        WebRoot root = new WebRoot(inside);
        String tag = root.find(HttpTarget.parse("/plain")).etag();
        Files.writeString(inside.resolve("plain"), "other content");
        assertEquals(false, tag.equals(root.find(HttpTarget.parse("/plain")).etag()));
    }
}
