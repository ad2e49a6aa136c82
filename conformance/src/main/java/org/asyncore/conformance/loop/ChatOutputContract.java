// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.InterestPolicy;
import org.asyncore.chat.SimpleProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of a conversation's output, beyond the recorded scenarios. */
@Timeout(120)
public abstract class ChatOutputContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 16 << 20; // bytes, more than the system buffers for a peer that does not read

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected ChatOutputContract() {}

    private ChatWithPeer openChat() throws IOException {
        LoopConnection connection = fixture.connection();
        return new ChatWithPeer(new RecordingChat(fixture.loop(), connection.channel()), connection);
    }

    private ChatWithPeer openChat(InterestPolicy policy) throws IOException {
        fixture.reopen(policy);
        return openChat();
    }

    /** Receives at the peer, on a thread of its own. */
    private static CompletableFuture<String> received(ChatWithPeer chat, int bytes) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return chat.connection().receive(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    // The marks.

    @ParameterizedTest
    @EnumSource
    void slowReaderIsNotReadUntilLowWater(InterestPolicy policy) throws IOException {
        ChatWithPeer chat = openChat(policy);
        int answers = 300;
        byte[] answer = new byte[100_000];
        chat.dispatcher().marks(1_000_000, 200_000);
        chat.dispatcher().receiveAtMost(1);
        chat.dispatcher().onItem = () -> chat.dispatcher().push(answer);
        chat.connection().send("\n".repeat(answers));
        chat.connection().peer().configureBlocking(false);
        ByteBuffer sink = ByteBuffer.allocate(1 << 20);
        long got = 0;
        while (got < (long) answers * answer.length) {
            chat.until(() -> !chat.dispatcher().readable() || chat.dispatcher().received == answers);
            assertEquals(
                    chat.dispatcher().log.toString().endsWith("<high>"),
                    !chat.dispatcher().readable());
            assertTrue(chat.dispatcher().queuedBytes() <= 1_000_000 + answer.length);
            while (chat.connection().peer().read(sink.clear()) > 0) {
                got += sink.position();
            }
            chat.dispatcher().loop().run(Duration.ZERO, 1);
        }
        assertTrue(chat.dispatcher().log.toString().matches("(\\|+<high><low>)+\\|*"), chat.dispatcher().log::toString);
        assertTrue(
                chat.dispatcher().highs.stream().allMatch(bytes -> bytes > 1_000_000),
                chat.dispatcher().highs::toString);
        assertTrue(
                chat.dispatcher().lows.stream().allMatch(bytes -> bytes <= 200_000), chat.dispatcher().lows::toString);
    }

    @Test
    void dispatcherThatDiscardsIsReadAgain() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().marks(10, 5);
        chat.dispatcher().push(new byte[MANY]);
        assertFalse(chat.dispatcher().readable());
        chat.dispatcher().loop().run(Duration.ZERO, 3);
        chat.dispatcher().discardBuffers();
        assertEquals(0, chat.dispatcher().queuedBytes());
        chat.deliver("a\n");
        assertEquals("<high>a|", chat.dispatcher().log.toString());
    }

    // Gathering.

    @Test
    void pushesOfOneReadLeaveInOneSendWhenGathering() throws IOException {
        for (boolean gathering : new boolean[] {false, true}) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().gather(gathering);
            chat.dispatcher().onItem = () -> {
                chat.dispatcher().push("ab");
                chat.dispatcher().push(ByteBuffer.wrap(new byte[] {'c', 'd'}));
                chat.dispatcher().pushWithProducer(new SimpleProducer(new byte[] {'e', 'f'}, 1));
            };
            chat.deliver("\n\n\n");
            chat.until(() -> chat.dispatcher().queued() == 0);
            assertEquals("abcdefabcdefabcdef", chat.connection().receive(18));
            assertEquals(gathering ? 1 : 12, chat.dispatcher().sends.size());
        }
    }

    @Test
    void pushesBeforeTheConnectionLeaveInOneSendWhenGathering() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RecordingChat dispatcher = new RecordingChat(fixture.loop());
            dispatcher.gather(true);
            dispatcher.createSocket();
            dispatcher.connect(server.getLocalSocketAddress());
            for (int i = 0; i < 100; i++) {
                dispatcher.push(i % 3 == 1 ? "" : "01234");
            }
            while (dispatcher.queued() > 0) {
                fixture.loop().run(PATIENCE, 1);
            }
            assertEquals(List.of(67 * 5), dispatcher.sends);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blocksAreSentInTheOrderOfTheirPushes(boolean gathering) throws Exception {
        ChatWithPeer chat = openChat();
        chat.dispatcher().gather(gathering);
        StringBuilder all = new StringBuilder();
        chat.dispatcher().onItem = () -> {
            for (int bytes : new int[] {10, 200_000, 0, 70_000, 3, 65_536, 20, 1_000, 100_000, 5}) {
                String text = Integer.toString(all.length() % 10).repeat(bytes);
                all.append(text);
                byte[] block = text.getBytes(ISO_8859_1);
                switch (all.length() % 3) {
                    case 0 -> chat.dispatcher().push(block);
                    case 1 -> chat.dispatcher().push(ByteBuffer.wrap(block));
                    default -> chat.dispatcher().pushWithProducer(new SimpleProducer(block, 4_000));
                }
            }
        };
        chat.deliver("\n\n");
        CompletableFuture<String> received = received(chat, all.length());
        chat.until(() -> chat.dispatcher().queued() == 0);
        assertEquals(all.toString(), received.get(30, TimeUnit.SECONDS));
        assertEquals(all.length(), chat.dispatcher().sent());
        assertEquals(0, chat.dispatcher().queuedBytes());
    }

    // When all is done.

    @ParameterizedTest
    @EnumSource
    void actionRunsWhenAllBytesBeforeItAreSent(InterestPolicy policy) throws Exception {
        ChatWithPeer chat = openChat(policy);
        AtomicInteger sent = new AtomicInteger(-1);
        chat.dispatcher().push(new byte[MANY]);
        chat.dispatcher().runWhenDone(() -> sent.set(chat.dispatcher().sent()));
        chat.dispatcher().push("more");
        CompletableFuture<String> received = received(chat, MANY + 4);
        chat.until(() -> chat.dispatcher().queued() == 0);
        assertEquals(MANY, sent.get());
        assertTrue(received.get(30, TimeUnit.SECONDS).endsWith("more"));
    }

    @ParameterizedTest
    @EnumSource
    void actionOfAnEmptyQueueRunsInTheNextTurn(InterestPolicy policy) throws IOException {
        ChatWithPeer chat = openChat(policy);
        chat.dispatcher().loop().run(Duration.ZERO, 2);
        chat.dispatcher().runWhenDone(() -> chat.dispatcher().log.append("done"));
        assertEquals("", chat.dispatcher().log.toString());
        chat.turn();
        assertEquals("done", chat.dispatcher().log.toString());
    }

    @ParameterizedTest
    @EnumSource
    void closeWhenDoneOfAnEmptyQueueClosesInTheNextTurn(InterestPolicy policy) throws IOException {
        ChatWithPeer chat = openChat(policy);
        chat.dispatcher().loop().run(Duration.ZERO, 2);
        chat.dispatcher().closeWhenDone();
        assertTrue(chat.dispatcher().connected());
        chat.turn();
        assertTrue(chat.dispatcher().ended);
        assertEquals("", chat.connection().receive(1));
    }

    @Test
    void pushedBufferBelongsToTheCallerAgain() throws Exception {
        ChatWithPeer chat = openChat();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (int i = 0; i < MANY >> 20; i++) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                buffer.put((byte) ('a' + i));
            }
            chat.dispatcher().push(buffer.flip());
            assertFalse(buffer.hasRemaining());
        }
        CompletableFuture<String> received = received(chat, MANY);
        chat.until(() -> chat.dispatcher().queued() == 0);
        String text = received.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < MANY; i++) {
            assertEquals('a' + (i >> 20), text.charAt(i), "byte " + i);
        }
    }

    @Test
    void textIsSentAsUtf8() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().push("\u00e9\n");
        assertEquals("\u00c3\u00a9\n", chat.connection().receive(3));
    }

    @Test
    void pushToClosedDispatcherIsDroppedUntilItHasAnotherSocket() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().close();
        chat.dispatcher().push("a");
        chat.dispatcher().push(ByteBuffer.allocate(10));
        chat.dispatcher().closeWhenDone();
        chat.dispatcher().runWhenDone(() -> {});
        assertEquals(0, chat.dispatcher().queued());
        LoopConnection next = fixture.connection();
        chat.dispatcher().setSocket(next.channel());
        chat.dispatcher().push("b");
        assertEquals("b", next.receive(1));
    }
}
