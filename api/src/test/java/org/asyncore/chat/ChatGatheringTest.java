// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedStream;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests reads that gather the producers that their callbacks push. */
final class ChatGatheringTest {
    private final ScriptedBackend backend = new ScriptedBackend();
    private final Loop loop = backend.open(InterestPolicy.EVERY_TURN);
    private final ScriptedStream stream = new ScriptedStream("stream");
    private final Gatherer gatherer = new Gatherer(loop, stream);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void producerQueuedAfterUnsentOutputIsNotCalled() {
        stream.room = 0;
        for (int i = 0; i < 4; i++) {
            gatherer.pushing.add(new Blocks(40_000));
        }
        read();
        assertEquals(
                List.of(2, 1, 0, 0),
                gatherer.pushing.stream().map(blocks -> blocks.calls).toList());
    }

    @Test
    void producerThatFailsIsClosedWithItsDispatcher() {
        gatherer.pushing.add(new Blocks(-1));
        read();
        assertEquals(List.of("no more"), gatherer.errors);
        assertEquals(1, gatherer.pushing.get(0).closes);
    }

    private void read() {
        backend.poller.then(() -> backend.poller.report(stream, Ops.READ));
        loop.run(Duration.ofSeconds(1), 1);
    }

    /** A producer that returns one block, or throws if the size is negative. */
    private static final class Blocks implements Producer {
        final int bytes;
        int calls;
        int closes;

        Blocks(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public ByteBuffer more() throws IOException {
            if (bytes < 0) {
                throw new IOException("no more");
            }
            return ByteBuffer.allocate(calls++ == 0 ? bytes : 0);
        }

        @Override
        public void close() {
            closes++;
        }
    }

    /** A conversation that pushes all its producers when it receives a byte. */
    private static final class Gatherer extends ChatDispatcher {
        final List<Blocks> pushing = new ArrayList<>();
        final List<String> errors = new ArrayList<>();

        Gatherer(Loop loop, ScriptedStream stream) {
            super(loop, stream);
            setTerminator("x");
            setGathering(true);
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {}

        @Override
        public void foundTerminator() throws IOException {
            for (Blocks blocks : pushing) {
                pushWithProducer(blocks);
            }
        }

        @Override
        public void handleError(Throwable cause) {
            errors.add(String.valueOf(cause.getMessage()));
            close();
        }
    }
}
