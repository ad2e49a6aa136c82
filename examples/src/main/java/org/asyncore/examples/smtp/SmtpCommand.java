// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.asyncore.examples.shared.Ascii;

/** A command line: a verb and what follows it. */
record SmtpCommand(SmtpVerb verb, String argument) {
    /** RFC 5321 asks for 512 with the line's end, and each extension for more. */
    static final int MAX_BYTES = 2046;

    /**
     * The first line of a request from a browser. A web page can make it send one, with a form whose fields are
     * commands.
     */
    private static final Pattern HTTP =
            Pattern.compile("(?:(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) .*+|.* HTTP/[0-9.]++)");

    /** Returns true if the line begins an HTTP request. */
    static boolean isHttp(ByteBuffer line) {
        return HTTP.matcher(StandardCharsets.ISO_8859_1.decode(line.duplicate()))
                .matches();
    }

    /** Parses a line without its CR LF. Bytes that are no command are refused. */
    static SmtpCommand parse(ByteBuffer line) throws SmtpRefusal {
        if (line.remaining() > MAX_BYTES) {
            throw new SmtpRefusal("500 5.5.2 Line too long");
        }
        String text = decode(line);
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String argument = space < 0 ? "" : text.substring(space).trim();
        if (!Ascii.isAscii(word)) {
            throw new SmtpRefusal("500 5.5.1 Unknown command");
        }
        SmtpVerb verb = SmtpVerb.of(word);
        verb.check(argument);
        return new SmtpCommand(verb, argument);
    }

    private static String decode(ByteBuffer line) throws SmtpRefusal {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new SmtpRefusal("500 5.5.2 Control character in a command");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new SmtpRefusal("500 5.5.2 Neither ASCII nor UTF-8");
        }
    }
}
