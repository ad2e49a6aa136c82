// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process and its output: the program under test, or a tool beside it. */
public final class Program implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private Program(List<String> command) throws IOException {
        this(command, Path.of(""), Map.of());
    }

    private Program(List<String> command, Path folder, Map<String, String> environment) throws IOException {
        err = Files.createTempFile("asyncore", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        out = process.inputReader(StandardCharsets.ISO_8859_1);
    }

    /** Starts one of the examples. */
    public static Program example(String... args) throws IOException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(args));
        return new Program(command);
    }

    /** Starts a command line. */
    public static Program command(List<String> command) throws IOException {
        return new Program(command);
    }

    /** Starts a command line with these variables in its environment. */
    public static Program command(List<String> command, Map<String, String> environment) throws IOException {
        return new Program(command, Path.of(""), environment);
    }

    /** Starts a tool. Skips the test if it is not installed. */
    public static Program tool(String... command) throws IOException {
        Tools.require(command[0]);
        return new Program(List.of(command));
    }

    /** Starts a tool in that folder. Skips the test if it is not installed. */
    public static Program tool(Path folder, String... command) throws IOException {
        Tools.require(command[0]);
        return new Program(List.of(command), folder, Map.of());
    }

    /** Returns the command line of the examples, without their arguments. */
    public static List<String> java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dasyncore.slowHookMillis=0", // a slow machine is no fault
                "-jar",
                System.getProperty("asyncore.examples.jar"));
    }

    /** Writes its whole standard input, and ends it. */
    public Program input(byte[] bytes) {
        Thread writer = new Thread(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("the program did not read its input", e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        return this;
    }

    /** Writes a line to its standard input, which stays open. */
    public void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
    }

    /** Ends its standard input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Returns the next line of its standard output that matches, or fails if there is none. */
    public String lineLike(String pattern) throws Exception {
        String line = line();
        while (line != null && !line.matches(pattern)) {
            line = line();
        }
        assertNotNull(line, this::err);
        return line;
    }

    /** Returns the next line of its standard output, or null at the end. */
    public String line() throws Exception {
        return soon(out::readLine);
    }

    /** Waits for {@code listening on}, and returns the address behind it. */
    public String address() throws Exception {
        String line = line();
        assertNotNull(line, this::err);
        assertTrue(line.startsWith("listening on "), line);
        return line.substring("listening on ".length());
    }

    public String port() throws Exception {
        String address = address();
        return address.substring(address.lastIndexOf(':') + 1);
    }

    /** Waits until it exits with this code. Returns the rest of its standard output, one character for each byte. */
    public String outAfter(int exitCode) throws Exception {
        String rest = soon(() -> {
            StringWriter all = new StringWriter();
            out.transferTo(all);
            return all.toString();
        });
        assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "still running");
        assertEquals(exitCode, process.exitValue(), this::err);
        return rest;
    }

    private static String soon(Callable<String> reading) throws Exception {
        FutureTask<String> task = new FutureTask<>(reading);
        Thread reader = new Thread(task);
        reader.setDaemon(true);
        reader.start();
        return task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns its standard error. */
    public String err() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until its standard error contains this. */
    public void awaitErr(String text) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!err().contains(text)) {
            assertTrue(System.nanoTime() < end, this::err);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Sends SIGTERM. Its streams stay open, which {@link Process#destroy} would close. */
    public void terminate() {
        assertTrue(process.toHandle().destroy());
    }

    /** Returns the processes that it has started and that are running. */
    public List<ProcessHandle> children() {
        return process.toHandle().children().toList();
    }

    public long pid() {
        return process.pid();
    }

    /** Sends SIGKILL, and waits. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(err);
    }
}
