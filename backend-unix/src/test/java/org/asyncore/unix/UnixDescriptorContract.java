// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of FIFOs and standard input on epoll and kqueue. */
@Timeout(60)
public abstract class UnixDescriptorContract {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    Path directory;

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @Test
    void fifoIsQuietUntilItsFirstWriterAndEndsWithItsLast() throws Exception {
        Path fifo = fifo();
        try (Poller poller = backend.get().openPoller();
                ByteChannel channel = backend.get().openPipe(fifo, false)) {
            int[] reports = {0};
            Registration registration = poller.register(channel, ops -> reports[0]++);
            registration.interest(Ops.READ);
            assertEquals(0, poller.poll(QUIET_NANOS));
            assertEquals(0, channel.read(ByteBuffer.allocate(8)));
            try (OutputStream writer = Files.newOutputStream(fifo)) {
                writer.write("hello".getBytes(UTF_8));
                assertEquals(1, poller.poll(-1));
                assertEquals(5, channel.read(ByteBuffer.allocate(8)));
                assertEquals(0, channel.read(ByteBuffer.allocate(8)), "a read would block");
                assertEquals(0, poller.poll(QUIET_NANOS));
            }
            assertEquals(1, poller.poll(-1));
            assertEquals(-1, channel.read(ByteBuffer.allocate(8)));
            registration.cancel();
        }
    }

    @Test
    void bytesWrittenToAFifoWaitForItsReader() throws Exception {
        Path fifo = fifo();
        try (Poller poller = backend.get().openPoller();
                ByteChannel channel = backend.get().openPipe(fifo, true)) {
            ByteBuffer source = ByteBuffer.wrap("hello".getBytes(UTF_8));
            Registration registration = poller.register(channel, ops -> {});
            registration.interest(Ops.WRITE);
            assertEquals(1, poller.poll(-1));
            assertEquals(5, channel.write(source));
            try (var reader = Files.newInputStream(fifo)) {
                assertEquals("hello", new String(reader.readNBytes(5), UTF_8));
            }
            registration.cancel();
        }
    }

    @Test
    void regularFileIsRefusedAsAPipe() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "kept");
        assertThrows(IllegalArgumentException.class, () -> backend.get().openPipe(file, true));
        assertThrows(IllegalArgumentException.class, () -> backend.get().openPipe(file, false));
        assertThrows(FileNotFoundException.class, () -> backend.get().openPipe(directory.resolve("none"), false));
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void standardInputFromPipeIsRead() throws Exception {
        Process child = child(Redirect.PIPE);
        try (OutputStream out = child.getOutputStream()) {
            out.write("first ".getBytes(UTF_8));
            out.flush();
            out.write("second".getBytes(UTF_8));
        }
        assertEquals("first second.", output(child));
    }

    @Test
    void standardInputFromFileIsRead() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "from a file");
        assertEquals("from a file.", output(child(Redirect.from(file.toFile()))));
    }

    @Test
    void standardInputFromNullDeviceIsTheEnd() throws Exception {
        assertEquals(".", output(child(Redirect.from(Path.of("/dev/null").toFile()))));
    }

    private Path fifo() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        return fifo;
    }

    private Process child(Redirect input) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StandardInputCopy.class.getName()));
        command.add(backend.get().getClass().getName());
        command.add(directory.resolve("echo").toString());
        return new ProcessBuilder(command)
                .redirectInput(input)
                .redirectOutput(Redirect.DISCARD) // loggers write to it
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private String output(Process child) throws Exception {
        assertEquals(0, child.waitFor());
        return Files.readString(directory.resolve("echo"));
    }
}
