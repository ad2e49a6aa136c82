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

    /** For a backend's tests. */
    protected ChatOutputContract() {}

    private ChatWithPeer begin() throws IOException {
        LoopConnection connection = fixture.connection();
        return new ChatWithPeer(new RecordingChat(fixture.loop(), connection.channel()), connection);
    }

    private ChatWithPeer begin(InterestPolicy policy) throws IOException {
        fixture.reopen(policy);
        return begin();
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
        ChatWithPeer chat = begin(policy);
        int answers = 300;
        byte[] answer = new byte[100_000];
        chat.talk().marks(1_000_000, 200_000);
        chat.talk().receiveAtMost(1);
        chat.talk().onItem = () -> chat.talk().push(answer);
        chat.connection().send("\n".repeat(answers));
        chat.connection().peer().configureBlocking(false);
        ByteBuffer sink = ByteBuffer.allocate(1 << 20);
        long got = 0;
        while (got < (long) answers * answer.length) {
            chat.until(() -> !chat.talk().readable() || chat.talk().received == answers);
            assertEquals(
                    chat.talk().heard.toString().endsWith("<high>"),
                    !chat.talk().readable());
            assertTrue(chat.talk().queuedBytes() <= 1_000_000 + answer.length);
            while (chat.connection().peer().read(sink.clear()) > 0) {
                got += sink.position();
            }
            chat.talk().loop().run(Duration.ZERO, 1);
        }
        assertTrue(chat.talk().heard.toString().matches("(\\|+<high><low>)+\\|*"), chat.talk().heard::toString);
        assertTrue(chat.talk().highs.stream().allMatch(bytes -> bytes > 1_000_000), chat.talk().highs::toString);
        assertTrue(chat.talk().lows.stream().allMatch(bytes -> bytes <= 200_000), chat.talk().lows::toString);
    }

    @Test
    void dispatcherThatDiscardsIsReadAgain() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().marks(10, 5);
        chat.talk().push(new byte[MANY]);
        assertFalse(chat.talk().readable());
        chat.talk().loop().run(Duration.ZERO, 3);
        chat.talk().discardBuffers();
        assertEquals(0, chat.talk().queuedBytes());
        chat.say("a\n");
        assertEquals("<high>a|", chat.talk().heard.toString());
    }

    // Gathering.

    @Test
    void pushesOfOneReadLeaveInOneSendWhenGathering() throws IOException {
        for (boolean gathering : new boolean[] {false, true}) {
            ChatWithPeer chat = begin();
            chat.talk().gather(gathering);
            chat.talk().onItem = () -> {
                chat.talk().push("ab");
                chat.talk().push(ByteBuffer.wrap(new byte[] {'c', 'd'}));
                chat.talk().pushWithProducer(new SimpleProducer(new byte[] {'e', 'f'}, 1));
            };
            chat.say("\n\n\n");
            chat.until(() -> chat.talk().queued() == 0);
            assertEquals("abcdefabcdefabcdef", chat.connection().receive(18));
            assertEquals(gathering ? 1 : 12, chat.talk().sends.size());
        }
    }

    @Test
    void pushesBeforeTheConnectionLeaveInOneSendWhenGathering() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RecordingChat talk = new RecordingChat(fixture.loop());
            talk.gather(true);
            talk.createSocket();
            talk.connect(server.getLocalSocketAddress());
            for (int i = 0; i < 100; i++) {
                talk.push(i % 3 == 1 ? "" : "01234");
            }
            while (talk.queued() > 0) {
                fixture.loop().run(PATIENCE, 1);
            }
            assertEquals(List.of(67 * 5), talk.sends);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void orderIsThatOfPushingWhateverIsPushed(boolean gathering) throws Exception {
        ChatWithPeer chat = begin();
        chat.talk().gather(gathering);
        StringBuilder all = new StringBuilder();
        chat.talk().onItem = () -> {
            for (int bytes : new int[] {10, 200_000, 0, 70_000, 3, 65_536, 20, 1_000, 100_000, 5}) {
                String text = Integer.toString(all.length() % 10).repeat(bytes);
                all.append(text);
                byte[] block = text.getBytes(ISO_8859_1);
                switch (all.length() % 3) {
                    case 0 -> chat.talk().push(block);
                    case 1 -> chat.talk().push(ByteBuffer.wrap(block));
                    default -> chat.talk().pushWithProducer(new SimpleProducer(block, 4_000));
                }
            }
        };
        chat.say("\n\n");
        CompletableFuture<String> received = received(chat, all.length());
        chat.until(() -> chat.talk().queued() == 0);
        assertEquals(all.toString(), received.get(30, TimeUnit.SECONDS));
        assertEquals(all.length(), chat.talk().sent());
        assertEquals(0, chat.talk().queuedBytes());
    }

    // When all is done.

    @ParameterizedTest
    @EnumSource
    void actionRunsWhenAllBytesBeforeItAreSent(InterestPolicy policy) throws Exception {
        ChatWithPeer chat = begin(policy);
        AtomicInteger sent = new AtomicInteger(-1);
        chat.talk().push(new byte[MANY]);
        chat.talk().runWhenDone(() -> sent.set(chat.talk().sent()));
        chat.talk().push("more");
        CompletableFuture<String> received = received(chat, MANY + 4);
        chat.until(() -> chat.talk().queued() == 0);
        assertEquals(MANY, sent.get());
        assertTrue(received.get(30, TimeUnit.SECONDS).endsWith("more"));
    }

    @ParameterizedTest
    @EnumSource
    void actionOfAnEmptyQueueRunsInTheNextTurn(InterestPolicy policy) throws IOException {
        ChatWithPeer chat = begin(policy);
        chat.talk().loop().run(Duration.ZERO, 2);
        chat.talk().runWhenDone(() -> chat.talk().heard.append("done"));
        assertEquals("", chat.talk().heard.toString());
        chat.turn();
        assertEquals("done", chat.talk().heard.toString());
    }

    @ParameterizedTest
    @EnumSource
    void closeWhenDoneOfAnEmptyQueueClosesInTheNextTurn(InterestPolicy policy) throws IOException {
        ChatWithPeer chat = begin(policy);
        chat.talk().loop().run(Duration.ZERO, 2);
        chat.talk().closeWhenDone();
        assertTrue(chat.talk().connected());
        chat.turn();
        assertTrue(chat.talk().ended);
        assertEquals("", chat.connection().receive(1));
    }

    @Test
    void pushedBufferBelongsToTheCallerAgain() throws Exception {
        ChatWithPeer chat = begin();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (int i = 0; i < MANY >> 20; i++) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                buffer.put((byte) ('a' + i));
            }
            chat.talk().push(buffer.flip());
            assertFalse(buffer.hasRemaining());
        }
        CompletableFuture<String> received = received(chat, MANY);
        chat.until(() -> chat.talk().queued() == 0);
        String text = received.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < MANY; i++) {
            assertEquals('a' + (i >> 20), text.charAt(i), "byte " + i);
        }
    }

    @Test
    void textIsSentAsUtf8() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().push("\u00e9\n");
        assertEquals("\u00c3\u00a9\n", chat.connection().receive(3));
    }

    @Test
    void pushToClosedDispatcherIsDroppedUntilItHasAnotherSocket() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().close();
        chat.talk().push("a");
        chat.talk().push(ByteBuffer.allocate(10));
        chat.talk().closeWhenDone();
        chat.talk().runWhenDone(() -> {});
        assertEquals(0, chat.talk().queued());
        LoopConnection next = fixture.connection();
        chat.talk().setSocket(next.channel());
        chat.talk().push("b");
        assertEquals("b", next.receive(1));
    }
}
