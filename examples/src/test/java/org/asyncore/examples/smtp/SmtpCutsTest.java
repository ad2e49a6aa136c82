// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that replies and mails do not depend on how the bytes of a client are cut into reads. */
final class SmtpCutsTest {
    private static final Pattern STORED = Pattern.compile("Stored as (\\S+)");
    private static final int MAX_BYTES = 5_000;
    private static final int CONNECTIONS = 12;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @RepeatedTest(4)
    void repliesAndMailsDoNotDependOnHowBytesAreCut() throws Exception {
        byte[] input = conversation();
        List<UnaryOperator<StreamChannel>> channels = new ArrayList<>(List.of(channel -> channel));
        for (int i = 1; i < CONNECTIONS; i++) {
            Random cuts = new Random(seed + i);
            int mostBytes = 1 << (i - 1); // the first one sends and receives byte for byte
            channels.add(channel -> new ChoppedStream(channel, cuts, mostBytes));
        }
        List<String> replies = new SmtpSessions(folder, MAX_BYTES).replies(input, channels);
        String whole = outcome(replies.get(0));
        assertTrue(whole.contains("221 2.0.0 Bye"), () -> "seed " + seed + ": " + whole);
        for (String others : replies) {
            assertEquals(whole, outcome(others), "seed " + seed);
        }
        assertEquals("", names(folder.resolve("tmp")), "seed " + seed);
    }

    @Test
    void halfClosedClientStillGetsItsReplies() throws Exception {
        byte[] input = "NOOP\r\n".repeat(100).getBytes(ISO_8859_1);
        List<String> replies = new SmtpSessions(folder, MAX_BYTES)
                .replies(input, List.of(channel -> new ChoppedStream(channel, random, 5)));
        assertEquals(List.of("220 localhost ESMTP\r\n" + "250 2.0.0 OK\r\n".repeat(100)), replies, "seed " + seed);
    }

    /** Returns the replies and the mails that are stored by them, without the parts that differ each time. */
    private String outcome(String replies) throws IOException {
        StringBuilder outcome = new StringBuilder(STORED.matcher(replies).replaceAll("Stored as ID"));
        for (MatchResult stored : STORED.matcher(replies).results().toList()) {
            String mail = Files.readString(folder.resolve("new").resolve(stored.group(1)), ISO_8859_1);
            outcome.append(mail.replace(stored.group(1), "ID").replaceFirst("ID;\r\n.*\r\n", "ID\r\n"));
        }
        return outcome.toString();
    }

    private static String names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(Path::toString).collect(Collectors.joining());
        }
    }

    private byte[] conversation() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, "EHLO client\r\n");
        for (int i = 0; i < 8; i++) {
            if (random.nextInt(3) == 0) {
                write(bytes, pick("NOOP", "RSET", "nonesuch", "HELP", "MAIL FROM:nobody", "a".repeat(3000)) + "\r\n");
            }
            write(bytes, pick("MAIL FROM:<a@b>\r\n", "mail from:<a@b> size=10 body=8bitmime\r\n"));
            write(bytes, pick("RCPT TO:<c@d>\r\n", "RCPT TO:<c@d>\r\nrcpt to:<\"e f\"@[127.0.0.1]>\r\n"));
            write(bytes, "DATA\r\n");
            text(bytes);
            write(bytes, ".\r\n");
        }
        write(bytes, "QUIT\r\n");
        return bytes.toByteArray();
    }

    private void text(ByteArrayOutputStream bytes) throws IOException {
        boolean clean = random.nextBoolean();
        int lines = random.nextInt(20);
        for (int i = 0; i < lines; i++) {
            write(bytes, pick("", "..", "..dot", ".?", "\u00e4\u00ff", "x".repeat(random.nextInt(998))));
            write(
                    bytes,
                    clean
                            ? "\r\n"
                            : pick("\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", "\0", "\n.\r\n", "y".repeat(999)));
        }
        write(bytes, "\r\n");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static void write(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(ISO_8859_1));
    }
}
