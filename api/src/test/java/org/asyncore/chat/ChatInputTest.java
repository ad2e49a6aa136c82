// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatInputTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LINE_BYTES = 1 << 20;
    private static final long SEED = System.nanoTime();

    private final ScriptedBackend backend = new ScriptedBackend();
    private final ScriptedStream channel = new ScriptedStream("a");
    private final Loop loop = backend.open(InterestPolicy.ON_CHANGE);

    @AfterEach
    void close() {
        loop.close();
    }

    /**
     * A conversation that receives one long line in pieces, and counts bytes and items. It overwrites the bytes that
     * are held back, so that the end of the line is found only if they are not searched again.
     */
    private final class Counter extends ChatDispatcher {
        private final byte[] line;
        private final IntSupplier cuts;
        private int at;
        private int reads;
        private long heldBack; // bytes that were held back before each read
        private long collected;
        private int items;

        Counter(String filling, String end, IntSupplier cuts) {
            super(loop, channel);
            setTerminator(end);
            this.cuts = cuts;
            String text = filling.repeat(LINE_BYTES / filling.length()) + end;
            line = text.getBytes(US_ASCII);
        }

        void play() throws Exception {
            while (at < line.length) {
                handleRead();
            }
        }

        @Override
        public int recv(ByteBuffer target) {
            reads++;
            heldBack += target.position();
            for (int i = 0; i < target.position(); i++) {
                target.put(i, (byte) '?');
            }
            int n = Math.min(Math.min(cuts.getAsInt(), target.remaining()), line.length - at);
            target.put(line, at, n);
            at += n;
            return n;
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {
            collected += data.remaining();
        }

        @Override
        public void foundTerminator() {
            items++;
        }
    }

    /** Checks ordinary lines, and the worst ones, whose text is made of prefixes of the terminator. */
    private void assertSearchedOnce(IntSupplier cuts) throws Exception {
        assertSearchedOnce("x", "\n", cuts);
        assertSearchedOnce("x", "\r\n", cuts);
        assertSearchedOnce("\r", "\r\n", cuts);
        assertSearchedOnce("a", "aaaaaaab", cuts);
        assertSearchedOnce("ab", "ababac", cuts);
        assertSearchedOnce("a", "a".repeat(300) + "b", cuts);
    }

    private void assertSearchedOnce(String filling, String end, IntSupplier cuts) throws Exception {
        Counter counter = new Counter(filling, end, cuts);
        counter.play();
        assertEquals(1, counter.items);
        assertEquals(LINE_BYTES, counter.collected);
        assertTrue(
                counter.heldBack <= (long) counter.reads * (end.length() - 1),
                () -> counter.heldBack + " bytes were held back");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000, 65_536})
    void noByteIsSearchedTwice(int bytes) throws Exception {
        assertSearchedOnce(() -> bytes);
    }

    @Test
    void noByteIsSearchedTwiceInReadsOfAnySize() throws Exception {
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        assertSearchedOnce(() -> 1 + random.nextInt(500));
    }

    @Test
    void unfinishedLineAllocatesLessThanItsLength() throws Exception {
        new Counter("x", "\r\n", () -> 1).play(); // warms up
        Counter counter = new Counter("x", "\r\n", () -> 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        counter.play();
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(allocated < LINE_BYTES, () -> allocated + " bytes for " + LINE_BYTES + " reads");
    }

    @Test
    void dispatcherThatDiscardsIsAskedAgain() throws IOException {
        channel.room = 0;
        ChatDispatcher chat = new ChatDispatcher(loop, channel) {
            {
                setWaterMarks(10, 5);
            }

            @Override
            public void collectIncomingData(ByteBuffer data) {}

            @Override
            public void foundTerminator() {}
        };
        chat.push(new byte[100]);
        loop.run(SECOND, 2);
        assertFalse(chat.readable());
        chat.discardBuffers();
        loop.run(SECOND, 1);
        assertEquals(List.of("a WRITE", "a READ"), backend.poller.interests);
    }
}
