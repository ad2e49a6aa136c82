// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncore.conformance.BackendUnderTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract of standard streams of each kind and mode that a shell or another process can give to a program. Each test
 * starts a JVM with such a stream.
 */
@Timeout(120)
public abstract class StandardStreamContract {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int BYTES = 300_000; // more than pipes hold

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    /** Makes the contract, for the tests of a backend. */
    protected StandardStreamContract() {}

    @BeforeEach
    void available() {
        Assumptions.assumeTrue(Files.isExecutable(SHELL), "no shell to redirect streams with");
    }

    private static void assumePython() {
        boolean required = Boolean.getBoolean("asyncore.tools.required");
        Assumptions.assumeTrue(required || Files.isExecutable(PYTHON), "no python3 to make such a stream");
    }

    /** Returns the record of a reader. {@code USER} in the shell's command means the command that starts it. */
    private String reading(String command) throws Exception {
        return record(command, List.of());
    }

    private String writing(String command) throws Exception {
        return record(command, List.of(Integer.toString(BYTES)));
    }

    private String record(String command, List<String> more) throws Exception {
        Path log = directory.resolve("log");
        List<String> user = List.of(
                SHELL.toString(), // from the test's directory back to this one, because class paths may be relative
                "-c",
                "cd \"$0\" && exec \"$@\"",
                Path.of("").toAbsolutePath().toString(),
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                StandardStreamUser.class.getName(),
                backend.get().name(),
                log.toString());
        String quoted = Stream.concat(user.stream(), more.stream())
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Process process = new ProcessBuilder(SHELL.toString(), "-c", command.replace("USER", quoted))
                .directory(directory.toFile())
                .redirectError(directory.resolve("output").toFile())
                .start();
        process.waitFor();
        process.destroy();
        String output = Files.readString(directory.resolve("output"), UTF_8);
        String recorded = Files.exists(log) ? Files.readString(log, UTF_8) : "nothing was recorded: " + output;
        Files.deleteIfExists(log);
        return recorded;
    }

    private String written() throws IOException {
        return Long.toString(Files.size(directory.resolve("out")));
    }

    @Test
    void closedInputIsRefused() throws Exception {
        assertEquals("refused", reading("USER <&-"));
    }

    @Test
    void inputFromRegularFileIsRead() throws Exception {
        assertEquals("abcdefgh close", reading("printf abcdefgh > in; USER < in"));
        assertEquals("abc close", reading("printf abc > in; USER 0<> in"));
    }

    @Test
    void inputFromPipeIsRead() throws Exception {
        assertEquals("abcdef close", reading("(printf abc; sleep 0.3; printf def) | USER"));
    }

    @Test
    void inputFromNullDeviceIsTheEnd() throws Exception {
        assertEquals(" close", reading("USER < /dev/null"));
    }

    @Test
    void inputThatCannotBeReadIsAnError() throws Exception {
        assertEquals(" error", reading("USER < ."));
        assertEquals(" error", reading("USER 0> out"));
        assertEquals(" error", reading("USER 0>> out"));
    }

    @Test
    void inputFromNonBlockingPipeIsRead() throws Exception {
        assumePython();
        assertEquals(
                "abcdef close",
                reading("(sleep 1; printf abc; sleep 1; printf def) | python3 -c '"
                        + "import os, sys; os.set_blocking(0, False); os.execv(sys.argv[1], sys.argv[1:])' USER"));
    }

    @Test
    void inputFromSocketIsRead() throws Exception {
        assumePython();
        String recorded = reading(
                "python3 -c '"
                        + "import socket, subprocess, sys; a, b = socket.socketpair()\n"
                        + "p = subprocess.Popen(sys.argv[1:], stdin=b); b.close(); a.send(b\"abc\"); a.close(); p.wait()' USER");
        boolean kqueue = backend.get().name().equals("kqueue");
        Assumptions.assumeFalse(kqueue && recorded.equals("refused"), "Netty uses the number of this descriptor");
        assertEquals("abc close", recorded);
    }

    @Test
    void inputFromTerminalIsRead() throws Exception {
        assumePython();
        assertEquals(
                "abc\n close",
                reading(
                        "python3 -c '"
                                + "import os, pty, subprocess, sys; m, s = pty.openpty()\n"
                                + "p = subprocess.Popen(sys.argv[1:], stdin=s); os.write(m, b\"abc\\n\\x04\"); p.wait()' USER"));
    }

    @Test
    void closedOutputIsRefused() throws Exception {
        assertEquals("refused", writing("USER >&-"));
    }

    @Test
    void outputToRegularFileIsWritten() throws Exception {
        assertEquals("sent", writing("USER > out"));
        assertEquals("300000", written());
        assertEquals("sent", writing("printf abc > out; USER >> out"));
        assertEquals("300003", written());
        assertEquals("sent", writing("printf abc > out; USER 1<> out"));
        assertEquals("300000", written());
    }

    @Test
    void outputToPipeIsWritten() throws Exception {
        assertEquals("sent", writing("USER | (sleep 0.5; cat) > out"));
        assertEquals("300000", written());
    }

    @Test
    void outputToNullDeviceIsWritten() throws Exception {
        assertEquals("sent", writing("USER > /dev/null"));
    }

    @Test
    void outputThatCannotBeWrittenIsAnError() throws Exception {
        assertEquals(" error", writing("printf abc > in; USER 1< in"));
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "no such device here");
        assertEquals(" error", writing("USER > /dev/full"));
    }

    @Test
    void outputWithoutAReaderIsTheEnd() throws Exception {
        assertEquals(" close", writing("USER | true"));
    }

    @Test
    void outputToNonBlockingPipeIsWritten() throws Exception {
        assumePython();
        assertEquals(
                "sent",
                writing("python3 -c '"
                        + "import os, subprocess, sys, time; r, w = os.pipe(); os.set_blocking(w, False)\n"
                        + "p = subprocess.Popen(sys.argv[1:], stdout=w); os.close(w); time.sleep(1); out = open(\"out\", \"wb\")\n"
                        + "for b in iter(lambda: os.read(r, 5000), b\"\"): out.write(b); time.sleep(0.001)\n"
                        + "out.close(); p.wait()' USER"));
        assertEquals("300000", written());
    }
}
