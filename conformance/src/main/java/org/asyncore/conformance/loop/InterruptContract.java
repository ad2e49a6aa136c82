// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.asyncore.FileDispatcher;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChannelProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract that an interrupt asks the loop to stop, and closes nothing. */
@Timeout(120)
public abstract class InterruptContract {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int BYTES = 300_000;

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    /** Makes the contract, for the tests of a backend. */
    protected InterruptContract() {}

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    private static void interruptMyself() {
        Thread.currentThread().interrupt();
    }

    /** Runs the loop again after each interrupt, as a program may. */
    private void runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not happen in time");
            fixture.loop().run(SHORT, 1);
            Thread.interrupted();
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** A file that interrupts its thread at each read, and keeps what it has read. */
    private final class FileReader extends FileDispatcher {
        final ByteBuffer got = ByteBuffer.allocate(BYTES + 1);
        final boolean direct;
        boolean ended;

        @Nullable
        Throwable error;

        FileReader(Path path, boolean direct, OpenOption... options) throws IOException {
            super(fixture.loop(), path, options);
            this.direct = direct;
        }

        FileReader(FileChannel file) {
            super(fixture.loop(), file);
            this.direct = true;
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            interruptMyself();
            if (direct) {
                ByteBuffer buffer = readBuffer().limit(7_000);
                recv(buffer);
                got.put(buffer.flip());
            } else {
                got.limit(Math.min(got.capacity(), got.position() + 7_000));
                recv(got);
            }
        }

        @Override
        public void handleClose() {
            ended = true;
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            error = cause;
            close();
        }

        void runToItsEnd() {
            runUntil(() -> fixture.loop().dispatchers().isEmpty());
        }
    }

    private void assertReadsAll(FileReader reader, byte[] expected) {
        reader.runToItsEnd();
        assertEquals(null, reader.error);
        assertTrue(reader.ended);
        assertArrayEquals(expected, Arrays.copyOf(reader.got.array(), reader.got.position()));
    }

    @Test
    void interruptClosesNoFileThatWasOpenedByItsPath() throws IOException {
        byte[] bytes = random();
        Path path = Files.write(directory.resolve("file"), bytes);
        assertReadsAll(new FileReader(path, true), bytes);
        assertReadsAll(new FileReader(path, false), bytes);
        assertReadsAll(new FileReader(path, true, StandardOpenOption.READ, StandardOpenOption.WRITE), bytes);
    }

    @Test
    void interruptBetweenCallsClosesNoGivenFile() throws IOException {
        byte[] bytes = random();
        Path path = Files.write(directory.resolve("file"), bytes);
        FileChannel file = FileChannel.open(path);
        interruptMyself();
        FileReader reader = new FileReader(file);
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertReadsAll(reader, bytes);
    }

    @Test
    void interruptsByAnotherThreadLoseNoByteOfAFileOpenedByItsPath() throws Exception {
        byte[] bytes = random();
        Path path = Files.write(directory.resolve("file"), bytes);
        Interrupter interrupter = new Interrupter();
        try {
            for (int i = 0; i < 20; i++) {
                assertReadsAll(new FileReader(path, i % 2 == 0), bytes);
            }
        } finally {
            interrupter.stop();
        }
    }

    @Test
    void interruptThatClosesAGivenFileIsAnErrorAndNotTheEnd() throws Exception {
        byte[] bytes = random();
        Path path = Files.write(directory.resolve("file"), bytes);
        Interrupter interrupter = new Interrupter();
        try {
            for (int i = 0; i < 20; i++) {
                FileReader reader = new FileReader(FileChannel.open(path));
                reader.runToItsEnd();
                if (reader.ended) {
                    assertEquals(BYTES, reader.got.position());
                } else {
                    String message =
                            String.valueOf(Objects.requireNonNull(reader.error).getMessage());
                    assertTrue(message.contains("interrupt"), message);
                    assertTrue(message.contains("by its path"), message);
                }
            }
        } finally {
            interrupter.stop();
        }
    }

    /** Interrupts the thread that made this object, repeatedly. */
    private static final class Interrupter {
        private final Thread target = Thread.currentThread();
        private final Thread thread = new Thread(this::interrupt);
        private volatile boolean stopped;

        Interrupter() {
            thread.start();
        }

        private void interrupt() {
            while (!stopped) {
                target.interrupt();
            }
        }

        void stop() {
            stopped = true;
            while (thread.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }

    @Test
    void interruptClosesNoFileThatIsWritten() throws IOException {
        Path path = directory.resolve("file");
        int[] written = {0};
        new FileDispatcher(fixture.loop(), path, StandardOpenOption.WRITE, StandardOpenOption.CREATE) {
            @Override
            public boolean readable() {
                return false;
            }

            @Override
            public void handleWrite() throws IOException {
                interruptMyself();
                written[0] += send(new byte[Math.min(10, 50 - written[0])]);
                if (written[0] == 50) {
                    close();
                }
            }
        };
        runUntil(() -> fixture.loop().dispatchers().isEmpty());
        assertEquals(50, Files.size(path));
    }

    @Test
    void interruptClosesNoProducersFile() throws IOException {
        byte[] bytes = random();
        Path path = Files.write(directory.resolve("file"), bytes);
        for (ChannelProducer producer : new ChannelProducer[] {
            ChannelProducer.of(FileChannel.open(path)),
            ChannelProducer.of(FileChannel.open(path), 0, BYTES),
            ChannelProducer.of(Files.newInputStream(path)),
            ChannelProducer.of(new java.io.FileInputStream(path.toFile()))
        }) {
            ByteBuffer got = ByteBuffer.allocate(BYTES);
            ByteBuffer more;
            do {
                interruptMyself();
                more = producer.more();
                assertTrue(Thread.interrupted(), "the interrupt is kept");
                got.put(more.duplicate());
            } while (more.hasRemaining());
            producer.close();
            assertArrayEquals(bytes, got.array());
        }
    }

    @Test
    void interruptClosesNoSocket() throws IOException {
        LoopConnection connection = fixture.connection();
        SocketDispatcher echo = new SocketDispatcher(fixture.loop(), connection.channel()) {
            @Override
            public boolean writable() {
                return false;
            }

            @Override
            public void handleRead() throws IOException {
                interruptMyself();
                ByteBuffer buffer = readBuffer();
                recv(buffer);
                send(buffer.flip());
            }
        };
        for (int i = 0; i < 5; i++) {
            connection.send();
            fixture.loop().run(Duration.ofSeconds(30), 1);
            assertTrue(Thread.interrupted());
            assertEquals("x", connection.receive(1));
        }
        assertTrue(echo.connected());
    }

    @Test
    void interruptDoesNotPreventConnectAndAccept() throws IOException {
        SocketAddress loopback = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        int[] calls = {0, 0};
        interruptMyself();
        SocketDispatcher listener = new SocketDispatcher(fixture.loop()) {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
                interruptMyself();
                calls[0]++;
                channel.close();
            }
        };
        listener.createSocket();
        listener.bind(loopback);
        listener.listen(5);
        SocketDispatcher client = new SocketDispatcher(fixture.loop()) {
            @Override
            public void handleConnect() {
                interruptMyself();
                calls[1]++;
            }

            @Override
            public void handleWrite() {
                close();
            }

            @Override
            public void handleRead() {
                close();
            }
        };
        client.createSocket();
        client.connect(Objects.requireNonNull(listener.localAddress()));
        SocketDispatcher datagrams = new SocketDispatcher(fixture.loop()) {};
        datagrams.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        datagrams.bind(loopback);
        assertEquals(1, datagrams.sendTo(ByteBuffer.allocate(1), Objects.requireNonNull(datagrams.localAddress())));
        datagrams.close();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        runUntil(() -> calls[0] + calls[1] >= 2);
        assertArrayEquals(new int[] {1, 1}, calls);
        assertTrue(listener.accepting());
        assertFalse(client.connected());
    }
}
