// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.asyncore.Loop;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NioBackendTest {
    @Test
    void backendIsFoundAsAService() {
        assertTrue(ServiceLoader.load(Backend.class).stream().anyMatch(it -> it.type() == NioBackend.class));
    }

    @Test
    void inheritedSocketNeedsAnotherPoller() {
        var thrown = assertThrows(UnsupportedOperationException.class, () -> new NioBackend().openInheritedServer(3));
        assertEquals(
                "nio cannot open an inherited descriptor by its number; use the poller epoll or kqueue",
                thrown.getMessage());
    }

    private static void assertFoundWith(@Nullable ClassLoader context) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try (Loop loop = Loop.open("nio")) {
            assertEquals("nio", loop.pollerName());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void backendIsFoundWithoutAContextClassLoader() {
        assertFoundWith(null);
    }

    @Test
    void backendIsFoundUnderAnotherContextClassLoader() {
        assertFoundWith(ClassLoader.getPlatformClassLoader());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no class's name", "org.example.Missing", "java.lang.String", "org.asyncore.nio.NioBackend\n!"})
    void backendIsFoundBesideADamagedProvider(String provider, @TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF").resolve("services"));
        Files.writeString(services.resolve(Backend.class.getName()), provider);
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader damaged = new URLClassLoader(urls, NioBackendTest.class.getClassLoader())) {
            assertFoundWith(damaged);
        }
    }

    @Test
    void backendIsFoundBesideAnotherCopyOfTheLibrary() throws IOException {
        List<URL> copy = new ArrayList<>();
        for (String slot : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            copy.add(Path.of(slot).toUri().toURL());
        }
        try (URLClassLoader other =
                new URLClassLoader(copy.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertFoundWith(other);
        }
    }

    @Test
    void backendIsAvailableEverywhereAndHasTheLowestPriority() {
        Backend backend = new NioBackend();
        assertEquals("nio", backend.name());
        assertEquals(0, backend.priority());
        assertNull(backend.unavailabilityCause());
    }
}
