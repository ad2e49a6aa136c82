// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Tests that an answer is the one of Python's {@code strip().upper()} of bytes. */
final class AnswerTest {
    private static String answer(String request) {
        byte[] bytes = request.getBytes(ISO_8859_1);
        return new String(Answer.to(bytes, bytes.length), ISO_8859_1);
    }

    @Test
    void whitespaceAtBothEndsIsDroppedAndLettersOfAsciiAreMadeUpperCase() {
        assertEquals("HELLO WORLD, AZ09[\u00e4\u00ff", answer(" \t\r\n\u000b\fhello World, az09[\u00e4\u00ff\r\n"));
    }

    @Test
    void answerToNothingButWhitespaceIsEmpty() {
        assertEquals("", answer(" \r\n"));
        assertEquals("", answer(""));
    }
}
