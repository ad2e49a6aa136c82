// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of polling pipes, FIFOs and standard streams, where the system has FIFOs. */
@Timeout(120)
public abstract class DescriptorChannelContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected DescriptorChannelContract() {}

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private Path fifo() throws IOException {
        Assumptions.assumeFalse(System.getProperty("os.name", "").startsWith("Windows"), "no FIFOs here");
        Path fifo = directory.resolve("fifo");
        Process mkfifo =
                new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start();
        assertEquals(0, mkfifo.onExit().join().exitValue());
        mkfifo.destroy();
        return fifo;
    }

    private ByteChannel open(Path fifo, boolean writing) throws IOException {
        return fixture.closing(fixture.backend().openPipe(fifo, writing));
    }

    /** Opens both ends of the FIFO, so that opening the backend's end never waits. */
    private FileChannel bothEnds(Path fifo) throws IOException {
        return fixture.closing(FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Test
    void readReturnsZeroBeforeAWriterThenItsBytesThenTheEnd() throws IOException {
        Path fifo = fifo();
        ByteChannel channel = open(fifo, false);
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(0, channel.read(target));
        fixture.expectQuiet(registration);
        try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
            assertEquals(0, channel.read(target));
            writer.write(Bytes.of("abc"));
            fixture.expectReady(registration, Ops.READ);
            fixture.read(channel, target, 3);
            assertEquals("abc", Bytes.taken(target));
            assertEquals(0, channel.read(target));
            fixture.expectQuiet(registration);
        }
        fixture.expectReady(registration, Ops.READ);
        assertEquals(-1, channel.read(target));
    }

    @Test
    void endIsReportedWhenTheLastWriterCloses() throws IOException {
        Path fifo = fifo();
        ByteChannel channel = open(fifo, false);
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        OutputStream first = fixture.closing(new FileOutputStream(fifo.toFile()));
        OutputStream second = fixture.closing(new FileOutputStream(fifo.toFile()));
        first.write(Bytes.of("a"));
        first.close();
        second.write(Bytes.of("b"));
        assertEquals("ab", fixture.read(channel, 2));
        fixture.expectQuiet(registration);
        second.close();
        fixture.expectReady(registration, Ops.READ);
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }

    @Test
    void megabytesAreReadUnchanged() throws Exception {
        Path fifo = fifo();
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        ByteChannel channel = open(fifo, false);
        FutureTask<Path> writing = new FutureTask<>(() -> Files.write(fifo, sent, StandardOpenOption.WRITE));
        new Thread(writing).start();
        ByteBuffer target = ByteBuffer.allocate(sent.length + 1);
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        int n = 0;
        while (n >= 0) {
            fixture.expectReady(registration, Ops.READ);
            n = channel.read(target);
        }
        assertArrayEquals(sent, Arrays.copyOf(target.array(), target.position()));
        writing.get();
    }

    @Test
    void writtenBytesArrive() throws IOException {
        Path fifo = fifo();
        FileChannel reader = bothEnds(fifo);
        ByteChannel channel = open(fifo, true);
        fixture.expectReady(fixture.register(channel, Ops.WRITE), Ops.WRITE);
        for (ByteBuffer whole : List.of(Bytes.heap("0123456789"), Bytes.direct("0123456789"))) {
            ByteBuffer part = whole.position(2).limit(8).slice().position(1).limit(4);
            assertEquals(3, channel.write(part));
            assertEquals(4, part.position());
            assertEquals("345", fixture.read(reader, 3));
        }
    }

    @Test
    void writtenBytesArriveAfterTheClose() throws IOException {
        Path fifo = fifo();
        FileChannel reader = bothEnds(fifo);
        ByteChannel channel = open(fifo, true);
        ByteBuffer bytes = ByteBuffer.allocate(40_000);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.close();
        fixture.read(reader, bytes.clear(), 40_000);
        assertEquals(40_000, bytes.position());
    }

    @Test
    void fullFifoTakesNothingUntilItIsRead() throws IOException {
        Path fifo = fifo();
        FileChannel reader = bothEnds(fifo);
        ByteChannel channel = open(fifo, true);
        RecordingRegistration registration = fixture.register(channel, Ops.WRITE);
        ByteBuffer bytes = ByteBuffer.allocate(4_096);
        long written = fill(channel, registration, bytes);
        assertEquals(0, channel.write(bytes.clear()));
        fixture.expectQuiet(registration);
        for (long read = 0; read < written; read += bytes.position()) {
            reader.read(bytes.clear());
        }
        fixture.expectReady(registration, Ops.WRITE);
    }

    private long fill(ByteChannel channel, RecordingRegistration registration, ByteBuffer bytes) throws IOException {
        long written = 0;
        do {
            for (int n = channel.write(bytes.clear()); n > 0; n = channel.write(bytes.clear())) {
                written += n;
            }
            registration.forget();
            fixture.poller().poll(TimeUnit.MILLISECONDS.toNanos(100));
        } while (registration.reports() > 0);
        return written;
    }

    @Test
    void writeWithoutAReaderThrowsIOException() throws IOException {
        Path fifo = fifo();
        FileChannel reader = bothEnds(fifo);
        ByteChannel channel = open(fifo, true);
        channel.write(Bytes.heap("a"));
        assertEquals("a", fixture.read(reader, 1));
        reader.close();
        assertThrows(
                IOException.class, () -> Deadline.await("a broken pipe", () -> channel.write(Bytes.heap("a")) < 0));
        fixture.expectReady(fixture.register(channel, Ops.WRITE), Ops.WRITE);
    }

    @Test
    void missingFileFailsTheOpen() {
        Path missing = directory.resolve("missing");
        IOException e = assertThrows(IOException.class, () -> open(missing, false));
        assertTrue(String.valueOf(e.getMessage()).contains(missing.toString()), e::toString);
        assertThrows(IOException.class, () -> open(missing, true));
        assertFalse(Files.exists(missing));
    }

    @Test
    void regularFileIsRefusedByName() throws IOException {
        Path regular = Files.writeString(directory.resolve("regular"), "abc");
        Exception e = assertThrows(IllegalArgumentException.class, () -> open(regular, true));
        assertTrue(String.valueOf(e.getMessage()).contains(regular.toString()), e::toString);
        assertEquals("abc", Files.readString(regular));
    }

    @Test
    void descriptorOtherThanAStandardStreamIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> fixture.backend().openStandardStream(new FileDescriptor()));
    }

    @Test
    void closeOfTheChannelLeavesStandardErrorOpen() throws IOException {
        ByteChannel channel = fixture.closing(fixture.backend().openStandardStream(FileDescriptor.err));
        assertTrue(channel.isOpen());
        channel.close();
        assertFalse(channel.isOpen());
        assertTrue(FileDescriptor.err.valid());
    }

    @Test
    void readerWithoutAWriterIsClosed() throws IOException {
        Path fifo = fifo();
        ByteChannel channel = open(fifo, false);
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        registration.cancel();
        channel.close();
        fixture.expectQuiet(registration);
    }

    @Test
    void readerWithAnIdleWriterIsClosed() throws IOException {
        Path fifo = fifo();
        FileChannel writer = bothEnds(fifo);
        ByteChannel channel = open(fifo, false);
        writer.write(Bytes.heap("a"));
        assertEquals("a", fixture.read(channel, 1));
        channel.close();
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
    }

    @Test
    void everyUseOfClosedChannelThrowsClosedChannelException() throws IOException {
        Path fifo = fifo();
        bothEnds(fifo);
        ByteChannel reading = open(fifo, false);
        ByteChannel writing = open(fifo, true);
        for (ByteChannel channel : List.of(reading, writing)) {
            assertTrue(channel.toString().contains(fifo.toString()), channel::toString);
            assertTrue(channel.isOpen());
            channel.close();
            channel.close();
            assertFalse(channel.isOpen());
        }
        assertThrows(ClosedChannelException.class, () -> reading.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> writing.write(Bytes.heap("a")));
    }
}
