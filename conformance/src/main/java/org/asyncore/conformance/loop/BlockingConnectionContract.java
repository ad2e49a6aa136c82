// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.asyncore.blocking.BlockingConnection;
import org.asyncore.conformance.loop.BlockingFixture.Blocked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of the streams of a {@link BlockingConnection}, whose loop runs on another thread. */
@Timeout(120)
public abstract class BlockingConnectionContract {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int MEGABYTES = 8 << 20; // more than sockets buffer

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private BlockingFixture running;
    private LoopConnection raw;
    private String peer; // its address
    private BlockingConnection connection;
    private InputStream in;
    private OutputStream out;

    /** Makes the contract, for the tests of a backend. */
    protected BlockingConnectionContract() {}

    @BeforeEach
    void connect() throws Exception {
        raw = fixture.connection();
        peer = String.valueOf(raw.peer().getLocalAddress());
        running = new BlockingFixture(fixture.loop());
        connection = running.take(raw.channel());
        in = connection.inputStream();
        out = connection.outputStream();
    }

    @AfterEach
    void end() throws Exception {
        running.end();
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[MEGABYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private String read() throws IOException {
        byte[] target = new byte[100];
        int n = in.read(target);
        return n < 0 ? "end" : new String(target, 0, n, ISO_8859_1);
    }

    private void assertNamesThePeer(Exception e) {
        assertTrue(String.valueOf(e.getMessage()).contains(peer), e::toString);
    }

    /** Resets the connection from the peer's side. */
    private void reset() throws IOException {
        raw.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        raw.peer().close();
    }

    // Reading.

    @Test
    void readWaitsForTheFirstByteAndReturnsWhatIsThere() throws Exception {
        Blocked<String> reader = BlockingFixture.block(this::read);
        raw.send("x");
        assertEquals("x", reader.get());
    }

    @Test
    void readReturnsAllBytesAndThenTheEnd() throws Exception {
        byte[] sent = randomBytes();
        Blocked<byte[]> reader = BlockingFixture.start(in::readAllBytes);
        Channels.newOutputStream(raw.peer()).write(sent);
        raw.peer().shutdownOutput();
        assertArrayEquals(sent, reader.get());
        assertEquals(-1, in.read());
    }

    @Test
    void readOfOneByteReturnsItUnsigned() throws Exception {
        raw.send("\u00ff");
        assertEquals(255, in.read());
    }

    @Test
    void peerIsNotReadWhileTheBufferIsFull() throws Exception {
        raw.peer().configureBlocking(false);
        byte[] sent = randomBytes();
        ByteBuffer source = ByteBuffer.wrap(sent);
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < 200_000_000 && source.hasRemaining()) {
            if (raw.peer().write(source) > 0) {
                quietSince = System.nanoTime();
            }
        }
        assertTrue(source.hasRemaining(), "the loop receives without limit");
        raw.peer().configureBlocking(true);
        byte[] first = new byte[source.position()];
        Blocked<Integer> reader = BlockingFixture.start(() -> in.readNBytes(first, 0, first.length));
        assertEquals(first.length, reader.get());
        assertArrayEquals(Arrays.copyOf(sent, first.length), first);
    }

    @Test
    void readTimesOutWithoutLosingBytes() throws Exception {
        connection.setReadTimeout(SHORT);
        assertNamesThePeer(assertThrows(SocketTimeoutException.class, in::read));
        connection.setReadTimeout(Duration.ZERO);
        raw.send("x");
        assertEquals('x', in.read());
    }

    @Test
    void readThrowsAfterAResetWithThePeersAddress() throws Exception {
        Blocked<Integer> reader = BlockingFixture.block(in::read);
        reset();
        assertNamesThePeer(assertThrows(IOException.class, reader::get));
    }

    @Test
    void interruptEndsAReadAndIsKeptAndTheConnectionGoesOn() throws Exception {
        Blocked<Boolean> reader = BlockingFixture.block(() -> {
            assertThrows(InterruptedIOException.class, in::read);
            return Thread.interrupted();
        });
        reader.thread().interrupt();
        assertTrue(reader.get());
        raw.send("x");
        assertEquals('x', in.read());
    }

    @Test
    void shutdownInputEndsAWaitingRead() throws Exception {
        Blocked<Integer> reader = BlockingFixture.block(in::read);
        connection.shutdownInput();
        assertEquals(-1, reader.get());
    }

    // Writing.

    @Test
    void writtenBytesArriveWithoutAFlush() throws Exception {
        out.write(bytes("hello"));
        out.write('!');
        assertEquals("hello!", raw.receive(6));
    }

    @Test
    void writeWaitsWhileThePeerDoesNotReceive() throws Exception {
        byte[] sent = randomBytes();
        Blocked<Boolean> writer = BlockingFixture.block(() -> {
            out.write(sent);
            connection.shutdownOutput();
            return true;
        });
        byte[] received = Channels.newInputStream(raw.peer()).readAllBytes();
        assertTrue(writer.get());
        assertArrayEquals(sent, received);
    }

    @Test
    void writeTimesOutAndSaysHowManyBytesAreSent() throws Exception {
        byte[] sent = randomBytes();
        connection.setWriteTimeout(SHORT);
        SocketTimeoutException e = assertThrows(SocketTimeoutException.class, () -> out.write(sent));
        assertNamesThePeer(e);
        assertTrue(e.bytesTransferred > 0 && e.bytesTransferred < sent.length, () -> "" + e.bytesTransferred);
        connection.close();
        byte[] received = Channels.newInputStream(raw.peer()).readAllBytes();
        assertArrayEquals(Arrays.copyOf(sent, e.bytesTransferred), received);
    }

    @Test
    void writesOfSeveralThreadsDoNotMix() throws Exception {
        byte[] first = new byte[MEGABYTES / 4];
        byte[] second = new byte[MEGABYTES / 4];
        Arrays.fill(second, (byte) 1);
        Blocked<Boolean> one = BlockingFixture.start(() -> write(first));
        Blocked<Boolean> other = BlockingFixture.start(() -> write(second));
        byte[] received = Channels.newInputStream(raw.peer()).readNBytes(2 * first.length);
        assertTrue(one.get() && other.get());
        byte[] begin = Arrays.copyOf(received, first.length);
        assertTrue(Arrays.equals(begin, first) || Arrays.equals(begin, second));
    }

    private boolean write(byte[] bytes) throws IOException {
        out.write(bytes);
        return true;
    }

    @Test
    void flushWaitsUntilTheSystemHasTakenAllBytes() throws Exception {
        LoopConnection other = fixture.connection();
        DeafChannel deaf = new DeafChannel(other.channel());
        BlockingConnection waiting = running.take(deaf);
        waiting.setWriteTimeout(SHORT);
        waiting.outputStream().write(bytes("hello"));
        assertThrows(SocketTimeoutException.class, waiting.outputStream()::flush);
        waiting.setWriteTimeout(Duration.ZERO);
        Blocked<Boolean> flushing = BlockingFixture.block(() -> {
            waiting.outputStream().flush();
            return true;
        });
        deaf.takeBytes();
        assertTrue(flushing.get());
        assertEquals("hello", other.receive(5));
    }

    @Test
    void shutdownOutputIsReadAsTheEndAfterAllBytesAndTheInputGoesOn() throws Exception {
        out.write(bytes("bye"));
        connection.shutdownOutput();
        assertEquals("bye", raw.receive(100));
        raw.send("x");
        assertEquals('x', in.read());
        assertNamesThePeer(assertThrows(SocketException.class, () -> out.write('y')));
    }

    @Test
    void interruptEndsAWriteAndSaysHowManyBytesAreSent() throws Exception {
        byte[] sent = randomBytes();
        Blocked<Integer> writer = BlockingFixture.block(() -> {
            InterruptedIOException e = assertThrows(InterruptedIOException.class, () -> out.write(sent));
            return Thread.interrupted() ? e.bytesTransferred : -1;
        });
        writer.thread().interrupt();
        int taken = writer.get();
        assertTrue(taken > 0, () -> "" + taken);
        connection.close();
        byte[] received = Channels.newInputStream(raw.peer()).readAllBytes();
        assertArrayEquals(Arrays.copyOf(sent, taken), received);
    }

    @Test
    void interruptedThreadReadsAndWritesAsLongAsItNeedNotWait() throws Exception {
        raw.send("x");
        while (in.available() == 0) {
            Thread.onSpinWait();
        }
        Thread.currentThread().interrupt();
        out.write(in.read());
        assertTrue(Thread.interrupted());
        assertEquals("x", raw.receive(1));
    }

    @Test
    void writeThrowsAfterAResetWithThePeersAddress() throws Exception {
        byte[] sent = randomBytes();
        Blocked<Boolean> writer = BlockingFixture.block(() -> write(sent));
        reset();
        assertNamesThePeer(assertThrows(IOException.class, writer::get));
    }

    @Test
    void readsAndWritesThatNeedNotWaitMakeNoGarbage() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int bytes = 10_000; // less than the buffer of each direction
        raw.send("x".repeat(bytes));
        while (in.available() < bytes) {
            Thread.onSpinWait();
        }
        byte[] single = new byte[1];
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < bytes / 2; i++) {
            out.write(in.read());
            out.write(single, 0, in.read(single));
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(allocated < 10L * bytes, () -> allocated + " bytes, more than the loop's queue of tasks needs");
    }

    // Closing.

    @Test
    void closeEndsAWaitingReadAndAWaitingWrite() throws Exception {
        byte[] sent = randomBytes();
        Blocked<Integer> reader = BlockingFixture.block(in::read);
        Blocked<Boolean> writer = BlockingFixture.block(() -> write(sent));
        connection.close();
        assertThrows(SocketException.class, reader::get);
        assertThrows(SocketException.class, writer::get);
        assertThrows(SocketException.class, in::read);
        assertThrows(SocketException.class, () -> out.write(1));
    }

    @Test
    void closeOfAStreamClosesTheConnection() throws Exception {
        out.write(bytes("bye"));
        in.close();
        assertEquals("bye", raw.receive(100));
        assertThrows(SocketException.class, () -> out.write(1));
    }

    @Test
    void bytesWrittenBeforeACloseArriveWhileThePeerStillSends() throws Exception {
        byte[] sent = Arrays.copyOf(randomBytes(), 10_000);
        out.write(sent);
        connection.close();
        connection.close();
        assertArrayEquals(sent, Channels.newInputStream(raw.peer()).readAllBytes());
    }

    @Test
    void streamsRefuseToBlockTheThreadOfTheLoop() throws Exception {
        raw.send("x");
        assertEquals('x', in.read());
        IllegalStateException e =
                running.inLoop(() -> assertThrows(IllegalStateException.class, () -> in.read(new byte[1])));
        assertTrue(String.valueOf(e.getMessage()).contains("the thread of its loop"), e::toString);
        running.inLoop(() -> assertThrows(IllegalStateException.class, () -> out.write(1)));
        running.inLoop(() -> assertThrows(IllegalStateException.class, out::flush));
    }
}
