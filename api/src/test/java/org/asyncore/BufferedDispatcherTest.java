// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@link BufferedDispatcher} over a stream that takes as many bytes as the test sets. */
final class BufferedDispatcherTest {
    private final Loop loop = new ScriptedBackend().open(InterestPolicy.EVERY_TURN);
    private final ScriptedStream stream = new ScriptedStream("a");
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    private final class Sender extends BufferedDispatcher {
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        Sender() {
            super(BufferedDispatcherTest.this.loop, stream);
        }

        void marks(int high, int low) {
            setWaterMarks(high, low);
        }

        @Override
        public void initiateSend(ByteBuffer front) throws IOException {
            ByteBuffer offered = front.duplicate();
            super.initiateSend(front);
            while (offered.position() < front.position()) {
                sent.write(offered.get());
            }
        }

        @Override
        public void handleHighWater() {
            log.add("high at " + buffered());
        }

        @Override
        public void handleLowWater() {
            log.add("low at " + buffered());
        }

        void sendQueued() throws IOException {
            handleWrite();
        }
    }

    private static byte[] bytes(int length, int first) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    @Test
    void bytesAreSentInOrderInPiecesOfAnySize() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Sender sender = new Sender();
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            stream.room = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << random.nextInt(18));
            if (random.nextBoolean()) {
                int length = random.nextInt(1 << random.nextInt(17));
                assertEquals(length, sender.send(bytes(length, taken)));
                taken += length;
            } else {
                sender.sendQueued();
            }
            assertEquals(taken - sender.sent.size(), sender.buffered(), "seed " + seed);
        }
        stream.room = Integer.MAX_VALUE;
        while (sender.buffered() > 0) {
            sender.sendQueued();
        }
        assertEquals(ByteBuffer.wrap(bytes(taken, 0)), ByteBuffer.wrap(sender.sent.toByteArray()), "seed " + seed);
    }

    @Test
    void attemptSends64KiBOfSeveralBlocks() throws IOException {
        Sender sender = new Sender();
        stream.room = 0;
        for (int i = 0; i < 1_000; i++) {
            sender.send(new byte[100]);
        }
        stream.room = Integer.MAX_VALUE;
        sender.sendQueued();
        assertEquals(100_000 - 65_536, sender.buffered());
    }

    @Test
    void sendBeyond2GiBIsRefusedAndTheQueueIsUnchanged(@TempDir Path folder) throws IOException {
        Sender sender = new Sender();
        stream.room = 0;
        sender.send(bytes(10, 0));
        Path sparse = Files.createFile(folder.resolve("sparse"));
        try (FileChannel file = FileChannel.open(sparse, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer huge = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
            Exception refusal = assertThrows(IllegalStateException.class, () -> sender.send(huge));
            assertTrue(String.valueOf(refusal.getMessage()).contains("2 GiB"), refusal::toString);
            assertEquals(Integer.MAX_VALUE, huge.remaining());
        }
        assertEquals(10, sender.buffered());
        stream.room = 10;
        sender.sendQueued();
        assertEquals(ByteBuffer.wrap(bytes(10, 0)), ByteBuffer.wrap(sender.sent.toByteArray()));
    }

    @Test
    void waterMarksAreReportedOnceEachAndControlReadable() throws IOException {
        Sender sender = new Sender();
        sender.marks(100, 20);
        stream.room = 0;
        sender.send(new byte[100]);
        assertTrue(sender.readable());
        sender.send(new byte[1]);
        sender.send(new byte[1]);
        assertFalse(sender.readable());
        stream.room = 80;
        sender.sendQueued();
        assertFalse(sender.readable());
        stream.room = 2;
        sender.sendQueued();
        assertTrue(sender.readable());
        assertEquals(List.of("high at 101", "low at 20"), log);
    }
}
