// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asyncore.chat.ChannelProducer;
import org.asyncore.chat.Producer;
import org.asyncore.chat.SimpleProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of a conversation's producers. */
@Timeout(120)
public abstract class ProducerContract {
    private static final String TEXT = "0123456789".repeat(20_000);
    private static final byte[] BYTES = TEXT.getBytes(ISO_8859_1);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** For a backend's tests. */
    protected ProducerContract() {}

    private ChatWithPeer begin() throws IOException {
        LoopConnection connection = fixture.connection();
        return new ChatWithPeer(new RecordingChat(fixture.loop(), connection.channel()), connection);
    }

    /**
     * Pushes the producer in answer to the peer, and returns the bytes that the peer receives until the queue is empty.
     */
    private static String play(ChatWithPeer chat, CountingProducer producer, int bytes) throws IOException {
        chat.talk().onItem = () -> chat.talk().pushWithProducer(producer);
        chat.say("\n");
        chat.until(() -> chat.talk().queued() == 0);
        assertEquals(1, producer.closes);
        return chat.connection().receive(bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void producerIsClosedAfterItsLastBlock(boolean gathering) throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().gather(gathering);
        assertEquals(
                "abcde",
                play(chat, new CountingProducer(new SimpleProducer(new byte[] {'a', 'b', 'c', 'd', 'e'}, 2)), 5));
    }

    @Test
    void queuedProducersAreClosedByCloseAndByDiscard() throws IOException {
        for (boolean closing : new boolean[] {false, true}) {
            ChatWithPeer chat = begin();
            List<CountingProducer> producers = List.of(
                    new CountingProducer(() -> ByteBuffer.allocate(1 << 20)),
                    new CountingProducer(new SimpleProducer(BYTES)));
            for (CountingProducer producer : producers) {
                chat.talk().pushWithProducer(producer);
            }
            if (closing) {
                chat.talk().close();
            } else {
                chat.talk().discardBuffers();
            }
            assertEquals(0, chat.talk().queued());
            producers.forEach(producer -> assertEquals(1, producer.closes));
        }
    }

    @Test
    void producerOfAClosedDispatcherIsClosedAtOnce() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().close();
        CountingProducer producer = new CountingProducer(new SimpleProducer(BYTES));
        chat.talk().pushWithProducer(producer);
        assertEquals(1, producer.closes);
        assertEquals(0, chat.talk().queued());
    }

    @Test
    void producersAreClosedThoughAnotherFailsToClose() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().pushWithProducer(new Unclosable());
        CountingProducer producer = new CountingProducer(new SimpleProducer(BYTES));
        chat.talk().pushWithProducer(producer);
        assertThrows(UncheckedIOException.class, chat.talk()::close);
        assertEquals(1, producer.closes);
    }

    private static final class Unclosable implements Producer {
        @Override
        public ByteBuffer more() {
            return ByteBuffer.allocate(1 << 20); // more than is sent at once
        }

        @Override
        public void close() throws IOException {
            throw new IOException("made up");
        }
    }

    @Test
    void producersQueuedAfterCloseWhenDoneAreClosed() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().closeWhenDone();
        CountingProducer producer = new CountingProducer(new SimpleProducer(BYTES));
        chat.talk().pushWithProducer(producer); // which meets the end at once
        assertTrue(chat.talk().ended);
        assertEquals(1, producer.closes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureOfAProducerIsTheDispatchersAndClosesIt(boolean gathering) throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().gather(gathering);
        IOException failure = new IOException("made up");
        CountingProducer producer = new CountingProducer(() -> {
            throw failure;
        });
        assertEquals("", play(chat, producer, 1));
        assertEquals(List.of(failure), chat.talk().errors);
        assertFalse(chat.talk().connected());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void producerMayCloseItsDispatcher(boolean gathering) throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().gather(gathering);
        CountingProducer producer = new CountingProducer(() -> {
            chat.talk().close();
            return ByteBuffer.allocate(gathering ? 1 : 0);
        });
        assertEquals("", play(chat, producer, 1));
        assertEquals(List.of(), chat.talk().errors);
        assertEquals(0, chat.talk().queuedBytes());
    }

    // Files and streams.

    /** Opens a new file that contains the text. */
    private static FileChannel file(Path directory) throws IOException {
        Path file = directory.resolve("text");
        Files.write(file, BYTES);
        return FileChannel.open(file);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void channelProducerGivesAllOfAStream(boolean gathering) throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().gather(gathering);
        CountingProducer producer = new CountingProducer(ChannelProducer.of(new ByteArrayInputStream(BYTES)));
        assertEquals(TEXT, play(chat, producer, BYTES.length));
    }

    @Test
    void channelProducerReturnsAFileFromItsPositionAndClosesIt(@TempDir Path directory) throws IOException {
        FileChannel file = file(directory).position(5);
        String text = play(begin(), new CountingProducer(ChannelProducer.of(file)), BYTES.length - 5);
        assertEquals(TEXT.substring(5), text);
        assertFalse(file.isOpen());
    }

    @Test
    void channelProducerReturnsPartOfAFile(@TempDir Path directory) throws IOException {
        for (int count : new int[] {0, 1, 65_536, 150_000}) {
            Producer part = ChannelProducer.of(file(directory), 7, count);
            ChatWithPeer chat = begin();
            assertEquals(TEXT.substring(7, 7 + count), play(chat, new CountingProducer(part), count));
            assertEquals(count, chat.talk().sent());
        }
    }

    @Test
    void channelProducerFailsWhenTheFileIsShorterThanPromised(@TempDir Path directory) throws IOException {
        FileChannel file = file(directory);
        ChatWithPeer chat = begin();
        CountingProducer producer = new CountingProducer(ChannelProducer.of(file, 199_990, 11));
        assertEquals("0123456789", play(chat, producer, 11));
        assertEquals(EOFException.class, chat.talk().errors.get(0).getClass());
        assertFalse(file.isOpen());
    }

    @Test
    void blockSizeOfZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SimpleProducer(BYTES, 0));
    }
}
