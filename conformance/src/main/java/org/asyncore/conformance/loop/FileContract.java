// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.FileDispatcher;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of files, FIFOs and devices. */
@Timeout(120)
public abstract class FileContract {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long LONG_NANOS = Duration.ofSeconds(30).toNanos();

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private final List<Object> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected FileContract() {}

    /** A file or pipe that records its hooks. */
    private class Recorder extends FileDispatcher {
        boolean writing;

        Recorder(Path path, OpenOption... options) throws IOException {
            super(fixture.loop(), path, options);
            writing = List.of(options).contains(StandardOpenOption.WRITE);
        }

        Recorder(FileChannel file) {
            super(fixture.loop(), file);
        }

        @Override
        public boolean readable() {
            return !writing;
        }

        @Override
        public boolean writable() {
            return writing;
        }

        @Override
        public void handleRead() throws IOException {
            byte[] got = recv(100);
            if (got.length > 0) {
                log.add(new String(got, US_ASCII));
            }
        }

        @Override
        public void handleWrite() throws IOException {
            send(new byte[10]);
        }

        @Override
        public void handleClose() {
            log.add("close");
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            log.add(cause);
            close();
        }
    }

    private void runUntilClosed() {
        long end = System.nanoTime() + LONG_NANOS; // by time, because a turn does not wait while a pipe has room
        while (!fixture.loop().dispatchers().isEmpty()) {
            assertTrue(System.nanoTime() < end, () -> "not closed: " + log);
            fixture.loop().run(SHORT, 1);
        }
    }

    private Path fifo() throws IOException, InterruptedException {
        Assumptions.assumeFalse(System.getProperty("os.name", "").startsWith("Windows"), "no FIFOs here");
        Path fifo = directory.resolve("fifo");
        Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assertEquals(0, mkfifo.waitFor());
        mkfifo.destroy();
        return fifo;
    }

    @Test
    void fifoGivenAsAFileChannelIsRefused() throws Exception {
        Path fifo = fifo();
        try (FileChannel both = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel appending = FileChannel.open(fifo, StandardOpenOption.APPEND)) {
            for (FileChannel file : List.of(both, appending)) {
                Exception e = assertThrows(IllegalArgumentException.class, () -> new Recorder(file));
                assertTrue(String.valueOf(e.getMessage()).contains("by its path"), e::toString);
                assertTrue(file.isOpen());
            }
            assertTrue(fixture.loop().dispatchers().isEmpty());
        }
    }

    @Test
    void fifoEndsAfterAWriterThatWroteNothing() throws Exception {
        Path fifo = fifo();
        new Recorder(fifo);
        fixture.loop().run(SHORT, 1);
        assertEquals(List.of(), log);
        Files.newOutputStream(fifo, StandardOpenOption.WRITE).close();
        runUntilClosed();
        assertEquals(List.of("close"), log);
    }

    @Test
    void fifoWithAnEarlyWriterIsReadToItsEnd() throws Exception {
        Path fifo = fifo();
        new Recorder(fifo);
        Files.write(fifo, "abc".getBytes(US_ASCII), StandardOpenOption.WRITE);
        runUntilClosed();
        assertEquals(List.of("abc", "close"), log);
    }

    @Test
    void fifoClosedBeforeItsFirstWriterDisturbsNoDispatcher() throws Exception {
        Path fifo = fifo();
        Recorder first = new Recorder(fifo);
        fixture.loop().run(SHORT, 1);
        first.close();
        fixture.loop().run(SHORT, 1);
        new Recorder(fifo);
        Files.write(fifo, "abc".getBytes(US_ASCII), StandardOpenOption.WRITE);
        runUntilClosed();
        assertEquals(List.of("abc", "close"), log);
    }

    @Test
    void fullDeviceIsAnErrorThatNamesIt() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no such device here");
        new Recorder(full, StandardOpenOption.WRITE);
        runUntilClosed();
        assertEquals(1, log.size(), log::toString);
        FileSystemException error = assertInstanceOf(FileSystemException.class, log.get(0));
        assertEquals("/dev/full", error.getFile());
    }

    @Test
    void writerEndsWhenItsReaderCloses() throws Exception {
        Path fifo = fifo();
        FileChannel reader = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
        new Recorder(fifo, StandardOpenOption.WRITE);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        while (buffer.position() == 0) {
            fixture.loop().run(SHORT, 1);
            reader.read(buffer);
        }
        reader.close();
        runUntilClosed();
        assertEquals(List.of("close"), log);
    }

    @Test
    void readAndWriteShareOnePosition() throws IOException {
        Path path = Files.writeString(directory.resolve("file"), "0123456789");
        Recorder file = new Recorder(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        assertEquals("012", new String(file.recv(3), US_ASCII));
        assertEquals(2, file.send("ab".getBytes(US_ASCII)));
        assertEquals("56", new String(file.recv(2), US_ASCII));
        file.close();
        assertEquals("012ab56789", Files.readString(path));
    }

    @Test
    void openOptionsAreApplied() throws IOException {
        Path path = directory.resolve("file");
        assertThrows(NoSuchFileException.class, () -> new Recorder(path));
        assertThrows(NoSuchFileException.class, () -> new Recorder(path, StandardOpenOption.WRITE));
        send("abc", path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        send("A", path, StandardOpenOption.WRITE);
        send("d", path, StandardOpenOption.APPEND);
        assertEquals("Abcd", Files.readString(path));
        send("x", path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        assertEquals("x", Files.readString(path));
        send("yz", path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        assertEquals("yz", Files.readString(path));
        OpenOption[] fresh = {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW};
        assertThrows(FileAlreadyExistsException.class, () -> new Recorder(path, fresh));
        send("!", path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        assertTrue(Files.notExists(path));
    }

    private void send(String text, Path path, OpenOption... options) throws IOException {
        Recorder file = new Recorder(path, options);
        assertEquals(text.length(), file.send(text.getBytes(US_ASCII)));
        file.close();
    }

    @Test
    void fileOpenedForOneDirectionRefusesTheOther() throws IOException {
        Path path = Files.writeString(directory.resolve("file"), "abc");
        Recorder reading = new Recorder(path);
        assertThrows(NonWritableChannelException.class, () -> reading.send(new byte[1]));
        Recorder writing = new Recorder(path, StandardOpenOption.WRITE);
        assertThrows(NonReadableChannelException.class, () -> writing.recv(1));
        ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
        assertThrows(IllegalArgumentException.class, () -> reading.recv(readOnly));
    }
}
