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

    /** For a backend's tests. */
    protected ChatContract() {}

    private ChatWithPeer begin() throws IOException {
        LoopConnection connection = fixture.connection();
        return new ChatWithPeer(new RecordingChat(fixture.loop(), connection.channel()), connection);
    }

    // The limit.

    @Test
    void itemLimitIsExactHoweverTheInputIsCut() throws IOException {
        for (int bytes = 1; bytes <= 27; bytes++) {
            ChatWithPeer chat = begin();
            chat.talk().setTerminator("\r\n");
            chat.talk().limit(10);
            chat.talk().onOverflow = () -> {};
            chat.say("0123456789\r\n0123456789\r\r\nok\r\n", bytes);
            assertEquals("0123456789|0123456789<over>|ok|", chat.talk().heard.toString(), "cuts of " + bytes);
        }
    }

    @Test
    void itemLimitHoldsForCounts() throws IOException {
        for (int bytes = 1; bytes <= 13; bytes++) {
            ChatWithPeer chat = begin();
            chat.talk().setTerminator(12);
            chat.talk().limit(10);
            chat.talk().onOverflow = () -> {};
            chat.talk().onItem = () -> chat.talk().setTerminator("\n");
            chat.say("0123456789abc\n", bytes);
            assertEquals("0123456789<over>|c|", chat.talk().heard.toString(), "cuts of " + bytes);
        }
    }

    @Test
    void itemLimitIgnoresInputWithoutATerminator() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().limit(3);
        chat.talk().setTerminator(Terminator.NONE);
        chat.say("0123456789");
        chat.talk().setTerminator("\n");
        chat.say("abc\n");
        assertEquals("0123456789abc|", chat.talk().heard.toString());
    }

    @Test
    void overflowClosesUnlessOverridden() throws IOException {
        ChatWithPeer lines = begin();
        lines.talk().limit(4);
        lines.say("12345\nmore\n");
        assertEquals("1234<over>", lines.talk().heard.toString());
        assertTrue(lines.talk().ended);
        assertEquals("", lines.connection().receive(1));
    }

    @Test
    void overflowThatClosesSuppressesFoundTerminator() throws IOException {
        ChatWithPeer counts = begin();
        counts.talk().limit(4);
        counts.talk().setTerminator(5);
        counts.say("12345678");
        assertEquals("1234<over>", counts.talk().heard.toString());
        assertTrue(counts.talk().ended);
    }

    // What callbacks may do.

    @Test
    void terminatorChangedInFoundTerminatorHoldsForTheRest() throws IOException {
        ChatWithPeer chat = begin();
        List<Terminator> next = List.of(
                Terminator.count(3), Terminator.of("--"), Terminator.count(2), Terminator.of("\n"), Terminator.NONE);
        int[] items = {0};
        chat.talk().onItem = () -> chat.talk().setTerminator(next.get(items[0]++));
        chat.say("line\nabcde--fgh\ni--j\n");
        assertEquals("line|abc|de|fg|h|i--j\n", chat.talk().heard.toString());
    }

    @Test
    void terminatorChangedWhileCollectingEndsTheNextItem() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().onPiece = () -> chat.talk().setTerminator("--");
        chat.say("a\nb\nc--");
        assertEquals("a|b\nc|", chat.talk().heard.toString());
    }

    @Test
    void heldBackBytesAreSearchedForTheNextTerminator() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().setTerminator("abcd");
        chat.say("xabc");
        assertEquals("x", chat.talk().heard.toString());
        chat.talk().setTerminator("bce");
        chat.say("e!");
        assertEquals("xa|!", chat.talk().heard.toString());
    }

    @Test
    void discardInFoundTerminatorDropsTheRest() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().onItem = chat.talk()::discardBuffers;
        chat.say("a\nb\nc");
        chat.say("d\n");
        assertEquals("a|d|", chat.talk().heard.toString());
    }

    @Test
    void discardWhileCollectingDropsTheItemAndTheRest() throws IOException {
        for (Terminator terminator : List.of(Terminator.of("\n"), Terminator.count(1))) {
            ChatWithPeer chat = begin();
            chat.talk().setTerminator(terminator);
            chat.talk().onPiece = chat.talk()::discardBuffers;
            chat.say("a\nb\nc");
            assertEquals("a", chat.talk().heard.toString(), terminator::toString);
        }
    }

    @Test
    void countThatWasDiscardedIsNotFoundLater() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().setTerminator(3);
        chat.talk().onPiece = chat.talk()::discardBuffers;
        chat.say("abcdef");
        chat.say("ghi");
        assertEquals("abcghi", chat.talk().heard.toString());
    }

    @Test
    void closeInFoundTerminatorDoesNotEndTheProcessing() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().onItem = chat.talk()::close;
        chat.say("a\nb\nc");
        assertEquals("a|b|c", chat.talk().heard.toString());
    }

    @Test
    void callbackThatThrowsLeavesTheRestQueued() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().onError = () -> {};
        chat.talk().onItem = () -> {
            chat.talk().onItem = () -> {};
            throw new IllegalStateException("made up");
        };
        chat.say("a\nb\nc\r");
        assertEquals("a|", chat.talk().heard.toString());
        chat.say("d\n");
        assertEquals("a|b|c\rd|", chat.talk().heard.toString());
        assertEquals(1, chat.talk().errors.size());
    }

    @Test
    void pieceIsCollectedAgainAfterItsCollectThrew() throws IOException {
        for (Terminator terminator : List.of(Terminator.of("\n"), Terminator.count(4), Terminator.NONE)) {
            ChatWithPeer chat = begin();
            chat.talk().setTerminator(terminator);
            chat.talk().limit(4);
            chat.talk().onError = () -> {};
            chat.talk().onPiece = () -> {
                chat.talk().onPiece = () -> {};
                throw new IllegalStateException("made up");
            };
            chat.say("abc");
            assertEquals("abc", chat.talk().heard.toString());
            chat.say("d\n");
            String end = terminator.equals(Terminator.NONE) ? "\n" : terminator.count() > 0 ? "|\n" : "|";
            assertEquals("abcabcd" + end, chat.talk().heard.toString(), terminator::toString);
        }
    }

    @Test
    void foundTerminatorThatRunsTheLoopKeepsEachByteOnce() throws IOException {
        for (Terminator terminator : TERMINATORS) {
            ChatWithPeer chat = begin();
            chat.talk().setTerminator(terminator);
            RecordingChat.Hook renew = () -> chat.talk().setTerminator(terminator);
            chat.talk().onItem = () -> {
                chat.talk().onItem = renew;
                renew.run();
                chat.say("fg\r\nhi\r\n");
            };
            chat.say("ab\r\ncd\r\ne");
            assertEquals(cut(terminator), chat.talk().heard.toString(), terminator::toString);
        }
    }

    @Test
    void collectThatRunsTheLoopKeepsEachByteOnce() throws IOException {
        for (Terminator terminator : TERMINATORS) {
            ChatWithPeer chat = begin();
            chat.talk().setTerminator(terminator);
            chat.talk().onItem = () -> chat.talk().setTerminator(terminator);
            chat.talk().onPiece = () -> {
                chat.talk().onPiece = () -> {};
                chat.say("fg\r\nhi\r\n");
            };
            chat.say("ab\r\ncd\r\ne");
            assertEquals(cut(terminator), chat.talk().heard.toString(), terminator::toString);
        }
    }

    /** Returns the input of the two tests above, as the terminator cuts it. */
    private static String cut(Terminator terminator) {
        return terminator.count() > 0
                ? "ab\r\n|cd\r\n|efg\r|\nhi\r|\n"
                : "ab\r\ncd\r\nefg\r\nhi\r\n".replace(terminator.toString(), "|");
    }

    @Test
    void completeCountIsFoundThoughTheStreamEndsInANestedRun() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().setTerminator(3);
        chat.talk().onPiece = () -> {
            chat.connection().peer().shutdownOutput();
            chat.until(() -> chat.talk().ended);
        };
        chat.say("abc");
        assertEquals("abc|", chat.talk().heard.toString());
    }

    @Test
    void itemLimitIsExactThoughCollectRunsTheLoop() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().limit(6);
        chat.talk().onOverflow = () -> {};
        chat.talk().onPiece = () -> {
            chat.talk().onPiece = () -> {};
            chat.say("defg\n");
        };
        chat.say("abc");
        assertEquals("abcdef<over>|", chat.talk().heard.toString());
    }

    @Test
    void callbacksUseTheReadBuffer() throws IOException {
        ChatWithPeer chat = begin();
        RecordingChat.Hook scribble = () -> {
            ByteBuffer buffer = chat.talk().loopsBuffer();
            while (buffer.hasRemaining()) {
                buffer.put((byte) '\n');
            }
        };
        chat.talk().onPiece = scribble;
        chat.talk().onItem = scribble;
        chat.say("ab\ncd\nef");
        chat.say("gh\n");
        assertEquals("ab|cd|efgh|", chat.talk().heard.toString());
    }

    // Sizes.

    @Test
    void terminatorLongerThanTheBufferIsFound() throws IOException {
        ChatWithPeer chat = begin();
        String end = "=".repeat(100_000) + "#";
        chat.talk().setTerminator(end);
        chat.say("a" + end + "b=" + end + "=".repeat(99_999) + "c" + end);
        assertEquals("a|b=|" + "=".repeat(99_999) + "c|", chat.talk().heard.toString());
    }

    @Test
    void oneReadReceivesAtMostTheBufferSize() throws IOException {
        ChatWithPeer chat = begin();
        chat.talk().receiveAtMost(3);
        chat.say("abcdefgh\nij");
        assertEquals(List.of("abc", "def", "gh", "ij"), chat.talk().pieces);
    }
}
