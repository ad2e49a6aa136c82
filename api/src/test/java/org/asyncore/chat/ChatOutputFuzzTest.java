// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedStream;

/** Tests that all pushes are sent complete and in order, however few bytes the system takes at a time. */
final class ChatOutputFuzzTest {
    /** The kinds of pushes. */
    private enum Kind {
        ARRAY,
        BUFFER,
        PRODUCER,
        ACTION
    }

    /** A push, within a read or outside of one. */
    private record Push(Kind kind, int bytes, int blockBytes, boolean inRead) {}

    /** A producer that counts its closes. */
    private static final class ClosingProducer implements Producer {
        private final Producer producer;
        private int closes;

        ClosingProducer(Producer producer) {
            this.producer = producer;
        }

        @Override
        public ByteBuffer more() throws IOException {
            return producer.more();
        }

        @Override
        public void close() throws IOException {
            closes++;
            producer.close();
        }
    }

    private final ScriptedBackend backend = new ScriptedBackend();

    /** A conversation whose socket takes the numbers of bytes of a script. */
    private static final class ScriptedChat extends ChatDispatcher {
        private final StringBuilder sent = new StringBuilder();
        private final StringBuilder pushed = new StringBuilder();
        private final List<ClosingProducer> producers = new ArrayList<>();
        private final List<Integer> room;
        private int sends;
        private Push next = new Push(Kind.ARRAY, 0, 1, false);

        ScriptedChat(Loop loop, List<Integer> room, boolean gathering, int attemptBytes) {
            super(loop, new ScriptedStream("a"));
            this.room = room;
            setTerminator("\n");
            setGathering(gathering);
            setOutBufferBytes(attemptBytes);
        }

        void play(List<Push> script) throws Exception {
            for (Push push : script) {
                next = push;
                if (push.inRead) {
                    handleRead();
                } else {
                    foundTerminator();
                }
            }
            while (queued() > 0) {
                handleWrite();
            }
        }

        @Override
        public int recv(ByteBuffer target) {
            target.put(new byte[] {'\n', '\n'}); // two pushes
            return 2;
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {}

        @Override
        public void foundTerminator() throws IOException {
            String text = Character.toString('a' + pushed.length() % 26).repeat(next.bytes);
            byte[] block = text.getBytes(ISO_8859_1);
            int before = pushed.length();
            pushed.append(text);
            switch (next.kind) {
                case ARRAY -> push(block);
                case BUFFER -> push(ByteBuffer.wrap(block));
                case PRODUCER -> {
                    producers.add(new ClosingProducer(new SimpleProducer(block, next.blockBytes)));
                    pushWithProducer(producers.get(producers.size() - 1));
                }
                case ACTION -> {
                    push(block);
                    runWhenDone(() -> assertEquals(before + block.length, sent.length()));
                }
            }
            assertTrue(queuedBytes() <= pushed.length() - sent.length());
        }

        @Override
        public int send(ByteBuffer source) {
            int n = Math.min(source.remaining(), room.get(sends++ % room.size()));
            for (int i = 0; i < n; i++) {
                sent.append((char) source.get());
            }
            return n;
        }
    }

    @Property(tries = 2_000)
    void pushedBytesAreSentCompleteAndInOrder(
            @ForAll("pushes") List<Push> pushes,
            @ForAll("room") List<Integer> room,
            @ForAll boolean gathering,
            @ForAll("attempts") int attemptBytes)
            throws Exception {
        try (Loop loop = backend.open(InterestPolicy.EVERY_TURN)) {
            ScriptedChat chat = new ScriptedChat(loop, room, gathering, attemptBytes);
            chat.play(pushes);
            assertEquals(chat.pushed.toString(), chat.sent.toString());
            assertEquals(0, chat.queuedBytes());
            chat.producers.forEach(producer -> assertEquals(1, producer.closes));
        }
    }

    @Provide
    Arbitrary<List<Push>> pushes() {
        Arbitrary<Integer> bytes = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(0, 40)),
                Tuple.of(1, Arbitraries.integers().between(30_000, 70_000)));
        Arbitrary<Push> push = Combinators.combine(
                        Arbitraries.of(Kind.class), bytes, Arbitraries.of(1, 7, 5_000), Arbitraries.of(true, false))
                .as(Push::new);
        return push.list().ofMaxSize(12);
    }

    /** Returns how many bytes the sends take, by turns; at least one send takes some. */
    @Provide
    Arbitrary<List<Integer>> room() {
        return Arbitraries.of(0, 1, 3, 50, 20_000, 1_000_000)
                .list()
                .ofMaxSize(4)
                .map(list -> {
                    List<Integer> some = new ArrayList<>(list);
                    some.add(10_000);
                    return some;
                });
    }

    @Provide
    Arbitrary<Integer> attempts() {
        return Arbitraries.of(30, 1_000, 65_536, 1_000_000);
    }
}
