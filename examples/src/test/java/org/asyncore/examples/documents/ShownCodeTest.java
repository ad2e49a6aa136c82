// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that all code in pages and Javadoc compiles, and that its handlers do what the text says. */
@Timeout(120)
final class ShownCodeTest {
    private static final String PACKAGE = "org.asyncore.epoll"; // of a backend, because pages show parts of one

    @TempDir
    Path classes = Path.of("");

    private static List<ShownCode> shown() throws IOException {
        return ShownCode.all();
    }

    @Test
    void everyPageAndPackageThatShowsCodeIsFound() throws IOException {
        Set<String> files = shown().stream()
                .map(code ->
                        code.file().normalize().toString().replace('\\', '/').replaceFirst("src/main/.*/", ""))
                .collect(Collectors.toSet());
        for (String file : List.of(
                "README.md",
                "docs/conversations.md",
                "docs/loop.md",
                "docs/other-event-loops.md",
                "docs/tls.md",
                "api/HostResolver.java")) {
            assertTrue(files.contains("../" + file), files::toString);
        }
        assertTrue(shown().size() > 20, () -> files + " show too little");
    }

    @ParameterizedTest
    @MethodSource("shown")
    void shownCodeIsPartOfAnExampleOrCompiles(ShownCode code) throws Exception {
        if (!code.isPartOfAnExample()) {
            compile(code);
        }
    }

    @ParameterizedTest
    @MethodSource("shown")
    void shownHandlerAnswersALine(ShownCode code) throws Exception {
        for (String name : List.of("EchoHandler", "Shouter")) {
            if (code.code().contains(" " + name + "(Loop loop, StreamChannel channel) {")) {
                compile(code);
                assertAnswers(name);
            }
        }
    }

    private void compile(ShownCode code) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Source> sources = List.of(
                new Source("shown/Frame", Files.readString(Path.of("src", "test", "shown", "shown", "Frame.java"))),
                new Source(PACKAGE.replace('.', '/') + "/Shown", code.source(PACKAGE, "Shown")));
        List<String> options = List.of("-d", classes.toString(), "-proc:none");
        boolean compiled =
                compiler.getTask(messages, null, null, options, null, sources).call();
        assertTrue(compiled, () -> messages + "\n" + sources.get(1).getCharContent(true));
    }

    private void assertAnswers(String handler) throws Exception {
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()});
                Loop loop = Loop.open("nio")) {
            Listener listener = new Listener(loop, loader.loadClass(PACKAGE + ".Shown$" + handler));
            InetSocketAddress address = (InetSocketAddress) listener.localAddress();
            try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
                peer.getOutputStream().write("HELLO\r\n".getBytes(StandardCharsets.US_ASCII));
                loop.run(Duration.ofSeconds(30), 2); // accepts, and answers
                loop.run(Duration.ofMillis(50), 2);
                assertEquals("HELLO\r\n", new String(peer.getInputStream().readNBytes(7), StandardCharsets.US_ASCII));
            }
        }
    }

    /** Serves with handlers of a class that was compiled here. */
    private static final class Listener extends SocketDispatcher {
        private final Class<?> handler;

        Listener(Loop loop, Class<?> handler) throws IOException {
            super(loop);
            this.handler = handler;
            createSocket();
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listen(1);
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) throws Exception {
            Constructor<?> constructor = handler.getDeclaredConstructor(Loop.class, StreamChannel.class);
            constructor.setAccessible(true);
            constructor.newInstance(loop(), channel);
        }

        @Override
        public void handleError(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
