// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses requests from lines (RFC 9112), without any input or output. It is strict: a line ends only with CR LF, is
 * never continued, and has no control characters. An invalid byte is refused when it comes, not at the end of the line.
 */
final class HttpRequestParser {
    /** The most bytes of a line. */
    static final int LINE_BYTES = 8192;

    private static final int HEAD_BYTES = 16384;
    private static final int FIELDS = 100;
    private static final String HEAD = "HEAD ";
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private byte[] line = new byte[128];
    private int lineBytes;
    private int headBytes;
    private boolean head; // the first line has the method HEAD
    private @Nullable HttpRequest request; // set after its first line

    /** Returns true if no byte of a request has come. */
    boolean isFresh() {
        return headBytes + lineBytes == 0;
    }

    /** Returns true if the request is a HEAD, as far as it has come. The response to a HEAD has no content. */
    boolean isHead() {
        return head
                || new String(line, 0, Math.min(lineBytes, HEAD.length()), StandardCharsets.ISO_8859_1).equals(HEAD);
    }

    /** Returns true until the first line is complete. */
    boolean isInFirstLine() {
        return request == null;
    }

    /** Adds a piece of a line. */
    void add(ByteBuffer piece) throws HttpRefusal {
        head &= !isFresh();
        int from = lineBytes;
        lineBytes += piece.remaining();
        if (lineBytes > line.length) {
            line = Arrays.copyOf(line, Math.max(lineBytes, 2 * line.length));
        }
        piece.get(line, from, lineBytes - from);
        for (int i = from; i < lineBytes; i++) {
            if ((line[i] >= 0 && line[i] < ' ' && line[i] != '\t') || line[i] == 0x7f) {
                throw HttpRefusal.badRequest("control character in the head");
            }
        }
    }

    /** Ends the line. Returns the request if this was the last line of its head, or null. */
    @Nullable
    HttpRequest endLine() throws HttpRefusal {
        String text = new String(line, 0, lineBytes, StandardCharsets.ISO_8859_1);
        lineBytes = 0;
        headBytes += text.length() + 2;
        if (headBytes > HEAD_BYTES) {
            throw new HttpRefusal(HttpStatus.HEADERS_TOO_LARGE, "the head is longer than " + HEAD_BYTES + " bytes");
        }
        HttpRequest r = request;
        if (r == null) {
            head = text.startsWith(HEAD);
            request = text.isEmpty() ? null : firstLine(text); // RFC 9112, 2.2: empty lines before it are ignored
        } else if (!text.isEmpty()) {
            field(r.headers(), text);
        } else {
            request = null;
            headBytes = 0;
            r.checkHost();
            return r;
        }
        return null;
    }

    private static HttpRequest firstLine(String text) throws HttpRefusal {
        int method = text.indexOf(' ');
        int target = text.indexOf(' ', method + 1);
        if (method < 1 || target <= method + 1 || !isToken(text, method) || !isVisible(text, method + 1, target)) {
            throw HttpRefusal.badRequest("not a request line");
        }
        int minor = minor(text.substring(target + 1));
        return new HttpRequest(text.substring(0, method), text.substring(method + 1, target), minor, new HttpHeaders());
    }

    private static int minor(String version) throws HttpRefusal {
        if (version.length() != 8 || !version.startsWith("HTTP/") || version.charAt(6) != '.') {
            throw HttpRefusal.badRequest("not an HTTP version");
        }
        if (!isDigit(version.charAt(5)) || !isDigit(version.charAt(7))) {
            throw HttpRefusal.badRequest("not a version number");
        }
        if (version.charAt(5) != '1') {
            throw new HttpRefusal(HttpStatus.VERSION_NOT_SUPPORTED, "this server speaks HTTP/1.1");
        }
        return version.charAt(7) - '0';
    }

    private static void field(HttpHeaders headers, String text) throws HttpRefusal {
        int name = text.indexOf(':');
        if (name < 1 || !isToken(text, name)) {
            throw HttpRefusal.badRequest("not a header field");
        }
        if (headers.size() == FIELDS) {
            throw new HttpRefusal(HttpStatus.HEADERS_TOO_LARGE, "more than " + FIELDS + " header fields");
        }
        headers.add(text.substring(0, name), text.substring(name + 1).strip());
    }

    private static boolean isToken(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !isDigit(c) && TOKEN_SYMBOLS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
