// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TerminatorTest {
    @Test
    void noBytesAndNoCountAreNone() {
        assertSame(Terminator.NONE, Terminator.of(""));
        assertSame(Terminator.NONE, Terminator.of(new byte[0]));
        assertSame(Terminator.NONE, Terminator.count(0));
    }

    @Test
    void negativeCountIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Terminator.count(-1));
        assertEquals("a negative count: -1", e.getMessage());
    }

    @Test
    void textIsEncodedAsUtf8() {
        assertArrayEquals("ü\n".getBytes(UTF_8), Terminator.of("ü\n").bytes());
    }

    @Test
    void terminatorIsIndependentOfTheCallersBytes() {
        byte[] bytes = {'a', 'b'};
        Terminator terminator = Terminator.of(bytes);
        bytes[0] = 'x';
        terminator.bytes()[1] = 'x';
        assertArrayEquals(new byte[] {'a', 'b'}, terminator.bytes());
    }

    @Test
    void terminatorsAreEqualIfTheirBytesAndCountsAre() {
        assertEquals(Terminator.of("ab"), Terminator.of(new byte[] {'a', 'b'}));
        assertEquals(
                Terminator.of("ab").hashCode(),
                Terminator.of(new byte[] {'a', 'b'}).hashCode());
        assertEquals(Terminator.count(4), Terminator.count(4));
        assertNotEquals(Terminator.count(4), Terminator.count(5));
        assertNotEquals(Terminator.of("ab"), Terminator.of("ac"));
        assertNotEquals(Terminator.of("4"), Terminator.count(4));
    }

    @Test
    void textOfATerminatorIsItsBytesOrItsCount() {
        assertEquals("\r\n", Terminator.of("\r\n").toString());
        assertEquals("4294967296", Terminator.count(1L << 32).toString());
        assertEquals("0", Terminator.NONE.toString());
    }

    @Test
    void skipStopsAtTheFirstByteOfTheTerminatorOrAtTheEnd() {
        ByteBuffer input = ByteBuffer.wrap("xx\nx\n".getBytes(ISO_8859_1));
        Terminator terminator = Terminator.of("\n");
        assertEquals(2, terminator.skip(input, 0, 5));
        assertEquals(2, terminator.skip(input, 2, 5));
        assertEquals(4, terminator.skip(input, 3, 5));
        assertEquals(4, terminator.skip(input, 3, 4));
        assertEquals(5, terminator.skip(input, 5, 5));
    }

    @Property
    void matchIsTheLongestPrefixThatTheInputEndsWith(@ForAll("letters") String end, @ForAll("letters") String input) {
        Terminator terminator = Terminator.of(end);
        int matched = 0;
        for (int i = 1; i <= input.length() && matched < end.length(); i++) {
            matched = terminator.matchedAfter((byte) input.charAt(i - 1), matched);
            assertEquals(longestPrefix(end, input.substring(0, i)), matched);
        }
    }

    private static int longestPrefix(String end, String input) {
        int n = Math.min(end.length(), input.length());
        while (!input.endsWith(end.substring(0, n))) {
            n--;
        }
        return n;
    }

    /** Returns texts of two letters, so that prefixes are frequent. */
    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(12);
    }
}
