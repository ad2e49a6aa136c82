// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a client gets replies to any input. */
final class SmtpGarbageTest {
    private static final List<String> WORDS = List.of(
            "MAIL FROM:<",
            "MAIL FROM:<> SIZE=",
            "RCPT TO:<",
            "EHLO ",
            "helo",
            "MAIL ",
            "FROM:",
            "RCPT TO:",
            "<",
            ">",
            "@",
            "a",
            "b.c",
            ".",
            "\"",
            "\\",
            "[::1]",
            " ",
            "=",
            "SIZE=",
            "9999999999999999999",
            "BODY=",
            "SMTPUTF8",
            "DATA",
            "VRFY",
            "\u0131",
            "\ud83d\ude00",
            "\0",
            "\r",
            "\n",
            "\r\n",
            ":",
            "-");
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9][0-9][ -][ -~]*");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void anyLineIsAnsweredOrRefused() {
        for (int i = 0; i < 50_000; i++) {
            byte[] line = garbage(12);
            boolean begun = random.nextBoolean();
            assertDoesNotThrow(
                    () -> interpret(line, begun), () -> "seed " + seed + ": " + new String(line, ISO_8859_1));
        }
    }

    private static void interpret(byte[] line, boolean begun) {
        SmtpSettings settings = new SmtpSettings("localhost", 1000, Duration.ofDays(1), null);
        try {
            SmtpDialog dialog = new SmtpDialog(settings);
            dialog.answer(SmtpCommand.parse(ByteBuffer.wrap("EHLO me".getBytes(UTF_8))));
            if (begun) {
                dialog.answer(SmtpCommand.parse(ByteBuffer.wrap("MAIL FROM:<>".getBytes(UTF_8))));
            }
            SmtpCommand command = SmtpCommand.parse(ByteBuffer.wrap(line));
            switch (command.verb()) {
                case DATA, QUIT, STARTTLS -> {}
                default -> dialog.answer(command);
            }
        } catch (SmtpRefusal e) {
            assertTrue(REPLY.matcher(e.reply()).matches(), e.reply());
        }
    }

    @RepeatedTest(3)
    void anyBytesAreAnsweredByReplies(@TempDir Path folder) throws Exception {
        List<String> replies = new SmtpSessions(folder, 1000)
                .replies(garbage(200), List.of(c -> c, c -> new ChoppedStream(c, random, 5)));
        for (String all : replies) {
            assertTrue(all.endsWith("\r\n"), () -> "seed " + seed + ": " + all);
            for (String reply : all.split("\r\n", -1)) {
                assertTrue(reply.isEmpty() || REPLY.matcher(reply).matches(), () -> "seed " + seed + ": " + all);
            }
        }
        assertEquals(replies.get(0), replies.get(1), "seed " + seed);
    }

    private byte[] garbage(int words) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(words); n >= 0; n--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
