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

    /** Makes the contract, for the tests of a backend. */
    protected ProducerContract() {}

    private ChatWithPeer openChat() throws IOException {
        LoopConnection connection = fixture.connection();
        return new ChatWithPeer(new RecordingChat(fixture.loop(), connection.channel()), connection);
    }

    /** Pushes the producer when the peer sends a line, and returns the bytes that the peer receives. */
    private static String pushAndReceive(ChatWithPeer chat, CountingProducer producer, int bytes) throws IOException {
        chat.dispatcher().onItem = () -> chat.dispatcher().pushWithProducer(producer);
        chat.deliver("\n");
        chat.until(() -> chat.dispatcher().queued() == 0);
        assertEquals(1, producer.closes);
        return chat.connection().receive(bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void producerIsClosedAfterItsLastBlock(boolean gathering) throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().gather(gathering);
        assertEquals(
                "abcde",
                pushAndReceive(
                        chat, new CountingProducer(new SimpleProducer(new byte[] {'a', 'b', 'c', 'd', 'e'}, 2)), 5));
    }

    @Test
    void queuedProducersAreClosedByCloseAndByDiscard() throws IOException {
        for (boolean closing : new boolean[] {false, true}) {
            ChatWithPeer chat = openChat();
            List<CountingProducer> producers = List.of(
                    new CountingProducer(() -> ByteBuffer.allocate(1 << 20)),
                    new CountingProducer(new SimpleProducer(BYTES)));
            for (CountingProducer producer : producers) {
                chat.dispatcher().pushWithProducer(producer);
            }
            if (closing) {
                chat.dispatcher().close();
            } else {
                chat.dispatcher().discardBuffers();
            }
            assertEquals(0, chat.dispatcher().queued());
            producers.forEach(producer -> assertEquals(1, producer.closes));
        }
    }

    @Test
    void producerOfAClosedDispatcherIsClosedAtOnce() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().close();
        CountingProducer producer = new CountingProducer(new SimpleProducer(BYTES));
        chat.dispatcher().pushWithProducer(producer);
        assertEquals(1, producer.closes);
        assertEquals(0, chat.dispatcher().queued());
    }

    @Test
    void producersAreClosedIfAnotherFailsToClose() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().pushWithProducer(new Unclosable());
        CountingProducer producer = new CountingProducer(new SimpleProducer(BYTES));
        chat.dispatcher().pushWithProducer(producer);
        assertThrows(UncheckedIOException.class, chat.dispatcher()::close);
        assertEquals(1, producer.closes);
    }

    private static final class Unclosable implements Producer {
        @Override
        public ByteBuffer more() {
            return ByteBuffer.allocate(1 << 20); // more than is sent at once
        }

        @Override
        public void close() throws IOException {
            throw new IOException("by the test");
        }
    }

    @Test
    void producersQueuedAfterCloseWhenDoneAreClosed() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().closeWhenDone();
        CountingProducer producer = new CountingProducer(new SimpleProducer(BYTES));
        chat.dispatcher().pushWithProducer(producer); // the queue is at its end, so the chat closes now
        assertTrue(chat.dispatcher().ended);
        assertEquals(1, producer.closes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exceptionOfAProducerGoesToHandleErrorAndClosesTheDispatcher(boolean gathering) throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().gather(gathering);
        IOException failure = new IOException("by the test");
        CountingProducer producer = new CountingProducer(() -> {
            throw failure;
        });
        assertEquals("", pushAndReceive(chat, producer, 1));
        assertEquals(List.of(failure), chat.dispatcher().errors);
        assertFalse(chat.dispatcher().connected());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void producerMayCloseItsDispatcher(boolean gathering) throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().gather(gathering);
        CountingProducer producer = new CountingProducer(() -> {
            chat.dispatcher().close();
            return ByteBuffer.allocate(gathering ? 1 : 0);
        });
        assertEquals("", pushAndReceive(chat, producer, 1));
        assertEquals(List.of(), chat.dispatcher().errors);
        assertEquals(0, chat.dispatcher().queuedBytes());
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
        ChatWithPeer chat = openChat();
        chat.dispatcher().gather(gathering);
        CountingProducer producer = new CountingProducer(ChannelProducer.of(new ByteArrayInputStream(BYTES)));
        assertEquals(TEXT, pushAndReceive(chat, producer, BYTES.length));
    }

    @Test
    void channelProducerReturnsAFileFromItsPositionAndClosesIt(@TempDir Path directory) throws IOException {
        FileChannel file = file(directory).position(5);
        String text = pushAndReceive(openChat(), new CountingProducer(ChannelProducer.of(file)), BYTES.length - 5);
        assertEquals(TEXT.substring(5), text);
        assertFalse(file.isOpen());
    }

    @Test
    void channelProducerReturnsPartOfAFile(@TempDir Path directory) throws IOException {
        for (int count : new int[] {0, 1, 65_536, 150_000}) {
            Producer part = ChannelProducer.of(file(directory), 7, count);
            ChatWithPeer chat = openChat();
            assertEquals(TEXT.substring(7, 7 + count), pushAndReceive(chat, new CountingProducer(part), count));
            assertEquals(count, chat.dispatcher().sent());
        }
    }

    @Test
    void channelProducerFailsWhenTheFileIsShorterThanPromised(@TempDir Path directory) throws IOException {
        FileChannel file = file(directory);
        ChatWithPeer chat = openChat();
        CountingProducer producer = new CountingProducer(ChannelProducer.of(file, 199_990, 11));
        assertEquals("0123456789", pushAndReceive(chat, producer, 11));
        assertEquals(EOFException.class, chat.dispatcher().errors.get(0).getClass());
        assertFalse(file.isOpen());
    }

    @Test
    void blockSizeOfZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SimpleProducer(BYTES, 0));
    }
}
