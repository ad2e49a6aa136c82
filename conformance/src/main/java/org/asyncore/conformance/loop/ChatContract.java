// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncore.chat.Terminator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a conversation's input, beyond the recorded scenarios. */
@Timeout(120)
public abstract class ChatContract {
    private static final List<Terminator> TERMINATORS =
            List.of(Terminator.of("\n"), Terminator.of("\r\n"), Terminator.count(4));

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected ChatContract() {}

    private ChatWithPeer openChat() throws IOException {
        LoopConnection connection = fixture.connection();
        return new ChatWithPeer(new RecordingChat(fixture.loop(), connection.channel()), connection);
    }

    // The limit.

    @Test
    void itemLimitIsExactHoweverTheInputIsCut() throws IOException {
        for (int bytes = 1; bytes <= 27; bytes++) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().setTerminator("\r\n");
            chat.dispatcher().limit(10);
            chat.dispatcher().onOverflow = () -> {};
            chat.deliver("0123456789\r\n0123456789\r\r\nok\r\n", bytes);
            assertEquals(
                    "0123456789|0123456789<over>|ok|", chat.dispatcher().log.toString(), "cuts of " + bytes);
        }
    }

    @Test
    void itemLimitHoldsForCounts() throws IOException {
        for (int bytes = 1; bytes <= 13; bytes++) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().setTerminator(12);
            chat.dispatcher().limit(10);
            chat.dispatcher().onOverflow = () -> {};
            chat.dispatcher().onItem = () -> chat.dispatcher().setTerminator("\n");
            chat.deliver("0123456789abc\n", bytes);
            assertEquals("0123456789<over>|c|", chat.dispatcher().log.toString(), "cuts of " + bytes);
        }
    }

    @Test
    void itemLimitIgnoresInputWithoutATerminator() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().limit(3);
        chat.dispatcher().setTerminator(Terminator.NONE);
        chat.deliver("0123456789");
        chat.dispatcher().setTerminator("\n");
        chat.deliver("abc\n");
        assertEquals("0123456789abc|", chat.dispatcher().log.toString());
    }

    @Test
    void overflowClosesUnlessOverridden() throws IOException {
        ChatWithPeer lines = openChat();
        lines.dispatcher().limit(4);
        lines.deliver("12345\nmore\n");
        assertEquals("1234<over>", lines.dispatcher().log.toString());
        assertTrue(lines.dispatcher().ended);
        assertEquals("", lines.connection().receive(1));
    }

    @Test
    void overflowThatClosesSuppressesFoundTerminator() throws IOException {
        ChatWithPeer counts = openChat();
        counts.dispatcher().limit(4);
        counts.dispatcher().setTerminator(5);
        counts.deliver("12345678");
        assertEquals("1234<over>", counts.dispatcher().log.toString());
        assertTrue(counts.dispatcher().ended);
    }

    // What callbacks may do.

    @Test
    void terminatorChangedInFoundTerminatorHoldsForTheRest() throws IOException {
        ChatWithPeer chat = openChat();
        List<Terminator> next = List.of(
                Terminator.count(3), Terminator.of("--"), Terminator.count(2), Terminator.of("\n"), Terminator.NONE);
        int[] items = {0};
        chat.dispatcher().onItem = () -> chat.dispatcher().setTerminator(next.get(items[0]++));
        chat.deliver("line\nabcde--fgh\ni--j\n");
        assertEquals("line|abc|de|fg|h|i--j\n", chat.dispatcher().log.toString());
    }

    @Test
    void terminatorChangedWhileCollectingEndsTheNextItem() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().onPiece = () -> chat.dispatcher().setTerminator("--");
        chat.deliver("a\nb\nc--");
        assertEquals("a|b\nc|", chat.dispatcher().log.toString());
    }

    @Test
    void heldBackBytesAreSearchedForTheNextTerminator() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().setTerminator("abcd");
        chat.deliver("xabc");
        assertEquals("x", chat.dispatcher().log.toString());
        chat.dispatcher().setTerminator("bce");
        chat.deliver("e!");
        assertEquals("xa|!", chat.dispatcher().log.toString());
    }

    @Test
    void discardInFoundTerminatorDropsTheRest() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().onItem = chat.dispatcher()::discardBuffers;
        chat.deliver("a\nb\nc");
        chat.deliver("d\n");
        assertEquals("a|d|", chat.dispatcher().log.toString());
    }

    @Test
    void discardWhileCollectingDropsTheItemAndTheRest() throws IOException {
        for (Terminator terminator : List.of(Terminator.of("\n"), Terminator.count(1))) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().setTerminator(terminator);
            chat.dispatcher().onPiece = chat.dispatcher()::discardBuffers;
            chat.deliver("a\nb\nc");
            assertEquals("a", chat.dispatcher().log.toString(), terminator::toString);
        }
    }

    @Test
    void countThatWasDiscardedIsNotFoundLater() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().setTerminator(3);
        chat.dispatcher().onPiece = chat.dispatcher()::discardBuffers;
        chat.deliver("abcdef");
        chat.deliver("ghi");
        assertEquals("abcghi", chat.dispatcher().log.toString());
    }

    @Test
    void closeInFoundTerminatorDoesNotEndTheProcessing() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().onItem = chat.dispatcher()::close;
        chat.deliver("a\nb\nc");
        assertEquals("a|b|c", chat.dispatcher().log.toString());
    }

    @Test
    void callbackThatThrowsLeavesTheRestQueued() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().onError = () -> {};
        chat.dispatcher().onItem = () -> {
            chat.dispatcher().onItem = () -> {};
            throw new IllegalStateException("by the test");
        };
        chat.deliver("a\nb\nc\r");
        assertEquals("a|", chat.dispatcher().log.toString());
        chat.deliver("d\n");
        assertEquals("a|b|c\rd|", chat.dispatcher().log.toString());
        assertEquals(1, chat.dispatcher().errors.size());
    }

    @Test
    void pieceIsCollectedAgainAfterItsCollectThrew() throws IOException {
        for (Terminator terminator : List.of(Terminator.of("\n"), Terminator.count(4), Terminator.NONE)) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().setTerminator(terminator);
            chat.dispatcher().limit(4);
            chat.dispatcher().onError = () -> {};
            chat.dispatcher().onPiece = () -> {
                chat.dispatcher().onPiece = () -> {};
                throw new IllegalStateException("by the test");
            };
            chat.deliver("abc");
            assertEquals("abc", chat.dispatcher().log.toString());
            chat.deliver("d\n");
            String end = terminator.equals(Terminator.NONE) ? "\n" : terminator.count() > 0 ? "|\n" : "|";
            assertEquals("abcabcd" + end, chat.dispatcher().log.toString(), terminator::toString);
        }
    }

    @Test
    void foundTerminatorThatRunsTheLoopKeepsEachByteOnce() throws IOException {
        for (Terminator terminator : TERMINATORS) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().setTerminator(terminator);
            RecordingChat.Hook renew = () -> chat.dispatcher().setTerminator(terminator);
            chat.dispatcher().onItem = () -> {
                chat.dispatcher().onItem = renew;
                renew.run();
                chat.deliver("fg\r\nhi\r\n");
            };
            chat.deliver("ab\r\ncd\r\ne");
            assertEquals(expectedLog(terminator), chat.dispatcher().log.toString(), terminator::toString);
        }
    }

    @Test
    void collectThatRunsTheLoopKeepsEachByteOnce() throws IOException {
        for (Terminator terminator : TERMINATORS) {
            ChatWithPeer chat = openChat();
            chat.dispatcher().setTerminator(terminator);
            chat.dispatcher().onItem = () -> chat.dispatcher().setTerminator(terminator);
            chat.dispatcher().onPiece = () -> {
                chat.dispatcher().onPiece = () -> {};
                chat.deliver("fg\r\nhi\r\n");
            };
            chat.deliver("ab\r\ncd\r\ne");
            assertEquals(expectedLog(terminator), chat.dispatcher().log.toString(), terminator::toString);
        }
    }

    /** Returns the log of the two tests above for a terminator. */
    private static String expectedLog(Terminator terminator) {
        return terminator.count() > 0
                ? "ab\r\n|cd\r\n|efg\r|\nhi\r|\n"
                : "ab\r\ncd\r\nefg\r\nhi\r\n".replace(terminator.toString(), "|");
    }

    @Test
    void completeCountIsFoundIfTheStreamEndsInANestedRun() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().setTerminator(3);
        chat.dispatcher().onPiece = () -> {
            chat.connection().peer().shutdownOutput();
            chat.until(() -> chat.dispatcher().ended);
        };
        chat.deliver("abc");
        assertEquals("abc|", chat.dispatcher().log.toString());
    }

    @Test
    void itemLimitIsExactIfCollectRunsTheLoop() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().limit(6);
        chat.dispatcher().onOverflow = () -> {};
        chat.dispatcher().onPiece = () -> {
            chat.dispatcher().onPiece = () -> {};
            chat.deliver("defg\n");
        };
        chat.deliver("abc");
        assertEquals("abcdef<over>|", chat.dispatcher().log.toString());
    }

    @Test
    void callbacksUseTheReadBuffer() throws IOException {
        ChatWithPeer chat = openChat();
        RecordingChat.Hook scribble = () -> {
            ByteBuffer buffer = chat.dispatcher().loopBuffer();
            while (buffer.hasRemaining()) {
                buffer.put((byte) '\n');
            }
        };
        chat.dispatcher().onPiece = scribble;
        chat.dispatcher().onItem = scribble;
        chat.deliver("ab\ncd\nef");
        chat.deliver("gh\n");
        assertEquals("ab|cd|efgh|", chat.dispatcher().log.toString());
    }

    // Sizes.

    @Test
    void terminatorLongerThanTheBufferIsFound() throws IOException {
        ChatWithPeer chat = openChat();
        String end = "=".repeat(100_000) + "#";
        chat.dispatcher().setTerminator(end);
        chat.deliver("a" + end + "b=" + end + "=".repeat(99_999) + "c" + end);
        assertEquals("a|b=|" + "=".repeat(99_999) + "c|", chat.dispatcher().log.toString());
    }

    @Test
    void oneReadReceivesAtMostTheBufferSize() throws IOException {
        ChatWithPeer chat = openChat();
        chat.dispatcher().receiveAtMost(3);
        chat.deliver("abcdefgh\nij");
        assertEquals(List.of("abc", "def", "gh", "ij"), chat.dispatcher().pieces);
    }
}
