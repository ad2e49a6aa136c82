// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import java.io.EOFException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.http.HttpHeaders;
import org.asyncore.examples.shared.Decimal;

/**
 * Finds where the response to a GET ends (RFC 9112, 6.3). It reads nothing itself: {@link #add} gets the bytes, and
 * {@link #end} the end of the stream. Lines may end with LF alone, and may be continued, because old servers send such
 * lines.
 */
final class HttpResponseParser {
    private static final int LINES_BYTES = 1 << 16; // limit for a head, for the size line of a chunk, and for trailers
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] (?<code>[1-5][0-9]{2})(?: .*)?");
    private static final Pattern CHUNK = Pattern.compile("0*+(?<size>[0-9a-fA-F]{0,15})[ \t]*(?:;.*)?");

    private enum State {
        STATUS,
        FIELDS,
        LENGTH, // a body whose length is known
        SIZE, // of the next chunk
        CHUNK,
        CHUNK_END,
        TRAILER,
        REST, // a body that ends with the stream
        COMPLETE
    }

    private State state = State.STATUS;
    private final StringBuilder line = new StringBuilder();
    private int linesBytes;
    private HttpHeaders headers = new HttpHeaders();
    private String field = ""; // the last one, which the next line may continue
    private int code;
    private long missing; // bytes of the body or chunk that are still to come

    /** Returns true if the response is complete. */
    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /**
     * Adds received bytes. Bytes behind the response are dropped.
     *
     * @throws ProtocolException if they are not an HTTP/1 response
     */
    void add(ByteBuffer data) throws ProtocolException {
        while (data.hasRemaining()) {
            switch (state) {
                case LENGTH, CHUNK -> skip(data);
                case REST, COMPLETE -> data.position(data.limit());
                default -> addToLine((char) (data.get() & 0xff));
            }
        }
    }

    /**
     * Ends the stream.
     *
     * @throws EOFException if the response is not complete
     */
    void end() throws EOFException {
        switch (state) {
            case STATUS ->
                throw new EOFException(
                        linesBytes == 0 && code == 0 ? "no response" : "the response ends within its first line");
            case FIELDS -> throw new EOFException("the response ends within its head");
            case LENGTH -> throw new EOFException("the response is cut short: " + missing + " bytes are missing");
            case SIZE, CHUNK, CHUNK_END, TRAILER -> throw new EOFException("the response is cut short: no last chunk");
            case REST, COMPLETE -> state = State.COMPLETE;
        }
    }

    private void skip(ByteBuffer data) {
        int n = (int) Math.min(missing, data.remaining());
        data.position(data.position() + n);
        missing -= n;
        if (missing == 0) {
            state = state == State.LENGTH ? State.COMPLETE : State.CHUNK_END;
        }
    }

    private void addToLine(char c) throws ProtocolException {
        if (++linesBytes > LINES_BYTES) {
            throw new ProtocolException("the head is longer than " + LINES_BYTES + " bytes");
        }
        if (c != '\n') {
            line.append(c);
            return;
        }
        int end = line.length() - (line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? 1 : 0);
        String text = line.substring(0, end);
        line.setLength(0);
        endLine(text);
    }

    private void endLine(String text) throws ProtocolException {
        switch (state) {
            case STATUS -> status(text);
            case FIELDS -> field(text);
            case SIZE -> size(text);
            case CHUNK_END -> {
                check(text.isEmpty(), "not the end of a chunk: ", text);
                begin(State.SIZE);
            }
            case TRAILER -> state = text.isEmpty() ? State.COMPLETE : state;
            case LENGTH, CHUNK, REST, COMPLETE ->
                throw new IllegalStateException("no line is expected in state " + state);
        }
    }

    private void begin(State next) {
        state = next;
        linesBytes = 0;
    }

    private void status(String text) throws ProtocolException {
        Matcher status = STATUS.matcher(text);
        check(status.matches(), "not an HTTP/1 response: ", text);
        code = Integer.parseInt(status.group("code"));
        state = State.FIELDS;
    }

    private void field(String text) throws ProtocolException {
        if (text.startsWith(" ") || text.startsWith("\t")) {
            field += " " + text.strip();
            return;
        }
        if (!field.isEmpty()) {
            int colon = field.indexOf(':');
            check(colon > 0, "not a header field: ", field);
            headers.add(
                    field.substring(0, colon).strip(),
                    field.substring(colon + 1).strip());
        }
        field = text;
        if (text.isEmpty()) {
            endHead();
        }
    }

    private void endHead() throws ProtocolException {
        check(code != 101, "unexpected status: ", "101");
        List<String> codings = headers.filledElements("Transfer-Encoding");
        List<String> lengths = headers.elements("Content-Length");
        if (code < 200) {
            headers = new HttpHeaders();
            begin(State.STATUS); // of the next response: this one is interim
        } else if (code == 204 || code == 304) {
            state = State.COMPLETE;
        } else if (!codings.isEmpty()) {
            begin(codings.get(codings.size() - 1).equalsIgnoreCase("chunked") ? State.SIZE : State.REST);
        } else if (!lengths.isEmpty()) {
            missing = length(lengths);
            state = missing == 0 ? State.COMPLETE : State.LENGTH;
        } else {
            state = State.REST;
        }
    }

    private static long length(List<String> lengths) throws ProtocolException {
        long length = Decimal.parse(lengths.get(0));
        boolean one = lengths.stream().allMatch(each -> Decimal.isDigits(each) && Decimal.parse(each) == length);
        check(one, "malformed or contradictory Content-Length: ", String.join(", ", lengths));
        return length;
    }

    private void size(String text) throws ProtocolException {
        Matcher chunk = CHUNK.matcher(text);
        check(
                chunk.matches() && Character.digit(text.isEmpty() ? ' ' : text.charAt(0), 16) >= 0,
                "not the size of a chunk: ",
                text);
        String size = chunk.group("size");
        missing = size.isEmpty() ? 0 : Long.parseLong(size, 16);
        begin(missing == 0 ? State.TRAILER : State.CHUNK);
    }

    private static void check(boolean right, String what, String text) throws ProtocolException {
        if (!right) {
            throw new ProtocolException(what + text.substring(0, Math.min(text.length(), 80)));
        }
    }
}
