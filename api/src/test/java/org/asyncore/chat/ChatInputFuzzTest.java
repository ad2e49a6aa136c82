// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedStream;

/** Tests that the items do not depend on how the input is cut into reads. */
final class ChatInputFuzzTest {
    /** A conversation that receives the input in pieces, and takes its terminators from a script. */
    private static final class ScriptedChat extends ChatDispatcher {
        private final StringBuilder recorded = new StringBuilder();
        private final ByteBuffer input;
        private final List<Integer> cuts;
        private final List<Terminator> script;
        private final int throwsEvery;
        private int reads;
        private int items;
        private int callbacks;

        ScriptedChat(Loop loop, String input, List<Integer> cuts, List<Terminator> script, int limit, int throwsEvery) {
            super(loop, new ScriptedStream("a"));
            this.input = ByteBuffer.wrap(input.getBytes(ISO_8859_1));
            this.cuts = cuts;
            this.script = script;
            this.throwsEvery = throwsEvery;
            setTerminator(script.get(0));
            setItemLimit(limit);
        }

        /** Returns the record of the callbacks after all input was received. */
        String play() {
            boolean failed = false;
            while (input.hasRemaining() || failed) {
                failed = false;
                try {
                    handleRead();
                } catch (Exception e) {
                    failed = true; // the rest is for the next read
                }
            }
            return recorded.toString();
        }

        @Override
        public int recv(ByteBuffer target) {
            if (!input.hasRemaining()) {
                return -1;
            }
            int n = Math.min(cuts.get(reads++ % cuts.size()), input.remaining());
            target.put(input.slice(input.position(), n));
            input.position(input.position() + n);
            return n;
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {
            String piece = ISO_8859_1.decode(data).toString();
            assertFalse(piece.isEmpty());
            failSometimes();
            recorded.append(piece);
        }

        @Override
        public void foundTerminator() {
            recorded.append('|');
            setTerminator(script.get(++items % script.size()));
            failSometimes();
        }

        @Override
        public void handleOverflow() {
            recorded.append("<over>");
        }

        private void failSometimes() {
            if (++callbacks % throwsEvery == 0) {
                throw new IllegalStateException("by the test");
            }
        }
    }

    private final ScriptedBackend backend = new ScriptedBackend();

    @Property(tries = 20_000)
    void itemsAreTheSameInReadsOfAnySize(
            @ForAll("inputs") String input,
            @ForAll("cuts") List<Integer> cuts,
            @ForAll("scripts") List<Terminator> script,
            @ForAll("limits") int limit,
            @ForAll("failures") int throwsEvery) {
        try (Loop loop = backend.open(InterestPolicy.EVERY_TURN)) {
            String recorded = new ScriptedChat(loop, input, cuts, script, limit, throwsEvery).play();
            assertEquals(new ChatInputModel(input, script, limit).recorded(), recorded);
        }
    }

    /** Returns inputs of few letters, so that terminators and their prefixes are frequent. */
    @Provide
    Arbitrary<String> inputs() {
        return letters().ofMaxLength(80);
    }

    private static StringArbitrary letters() {
        return Arbitraries.strings().withChars('a', 'b', '\n');
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 12).list().ofMinSize(1).ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<Terminator>> scripts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, letters().ofMinLength(1).ofMaxLength(6).map(Terminator::of)),
                        Tuple.of(4, Arbitraries.integers().between(1, 9).map(Terminator::count)),
                        Tuple.of(1, Arbitraries.just(Terminator.NONE)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.of(1, 2, 5, 20, Integer.MAX_VALUE);
    }

    /** Returns how often callbacks fail: at most every second one, because otherwise no callback would succeed. */
    @Provide
    Arbitrary<Integer> failures() {
        return Arbitraries.of(2, 3, 7, Integer.MAX_VALUE);
    }
}
