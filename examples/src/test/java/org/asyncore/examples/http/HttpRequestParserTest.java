// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRequestParserTest {
    private final HttpRequestParser parser = new HttpRequestParser();

    /** Parses lines. A bar means the end of a line. */
    private @Nullable HttpRequest parse(String lines) throws HttpRefusal {
        HttpRequest request = null;
        for (String line : lines.split("\\|", -1)) {
            parser.add(ByteBuffer.wrap(line.getBytes(ISO_8859_1)));
            request = parser.endLine();
        }
        return request;
    }

    private HttpRequest request(String lines) throws HttpRefusal {
        return found(parse(lines));
    }

    private static HttpRequest found(@Nullable HttpRequest request) {
        assertNotNull(request);
        return request;
    }

    @Test
    void headIsParsed() throws HttpRefusal {
        HttpRequest request = request("GET /a?b HTTP/1.1|Host: x|Accept:  a, b \t|ACCEPT: c|");
        assertEquals("GET", request.method());
        assertEquals("/a?b", request.target());
        assertEquals(1, request.minor());
        assertEquals("x", request.headers().first("host"));
        assertEquals("[a, b, c]", request.headers().elements("accept").toString());
        assertTrue(parser.isFresh());
    }

    @Test
    void emptyLinesBeforeARequestAreIgnored() throws HttpRefusal {
        assertEquals("/", request("||GET / HTTP/1.0|").target());
    }

    @Test
    void lineMayComeInPieces() throws HttpRefusal {
        parser.add(ByteBuffer.wrap("GET /lo".getBytes(ISO_8859_1)));
        parser.add(ByteBuffer.wrap("ng HTTP/1.0".getBytes(ISO_8859_1)));
        assertNull(parser.endLine());
        assertEquals("/long", found(parser.endLine()).target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET  / HTTP/1.1",
                " GET / HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET /a b HTTP/1.1",
                "GET / HTTP/1.10",
                "GET / http/1.1",
                "GET / HTTP/1,1",
                "GET / HTTP/1.x",
                "GET /\u00e9 HTTP/1.1",
                "G\u00e9T / HTTP/1.1",
                "GE(T / HTTP/1.1",
                "GET /\n HTTP/1.1",
                "GET /\r HTTP/1.1",
                "GET /\u0000 HTTP/1.1",
                "GET /\u007f HTTP/1.1",
                "\u0016\u0003\u0001",
                "GET / HTTP/1.1|Host : x|",
                "GET / HTTP/1.1|Host: x| folded|",
                "GET / HTTP/1.1|Host: x|\tfolded|",
                "GET / HTTP/1.1|Host: x|nothing|",
                "GET / HTTP/1.1|Host: x|: nothing|",
                "GET / HTTP/1.1|Host: x|Na\u00e9me: nothing|",
                "GET / HTTP/1.1|Host: x\u0001|",
                "GET / HTTP/1.1|Host: x\ny|",
                "GET / HTTP/1.1||",
                "GET / HTTP/1.1|Host: x|Host: x|",
                "GET / HTTP/1.0|Host: x|host: y|",
                "GET / HTTP/1.1|Host: a b|",
                "GET / HTTP/1.1|Host: a, b|",
                "GET / HTTP/1.1|Host: http://a|",
                "GET / HTTP/1.0|Host: a/b|",
                "GET http://a/ HTTP/1.1|Host: a/b|",
                "GET / HTTP/1.1| Host: x|",
                "GET / HTTP/1.1|Host\t: x|",
                "GET / HTTP/1.1|Host: x|A: b\rc|",
                "GET /\tHTTP/1.1",
                "GET\t/ HTTP/1.1"
            })
    void malformedHeadIsRefused(String lines) {
        HttpRefusal refusal = assertThrows(HttpRefusal.class, () -> parse(lines));
        assertEquals(HttpStatus.BAD_REQUEST, refusal.status);
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD / HTTP/1.1|Host: x|, true",
        "HEAD / HTTP/3.0, true",
        "HEAD /long, true",
        "HEAD / HTTP/1.1|Host: x||GET / HTTP/1.1|Host: x|, false",
        "HEAD / HTTP/1.1|Host: x||GET /, false",
        "HEADER / HTTP/1.1|Host: x|, false",
        "GET /HEAD HTTP/1.1|Host: x|, false",
    })
    void headMethodIsKnownBeforeItsRequestIsComplete(String lines, boolean head) {
        try {
            int end = lines.lastIndexOf('|');
            if (end >= 0) {
                parse(lines.substring(0, end));
            }
            parser.add(ByteBuffer.wrap(lines.substring(end + 1).getBytes(ISO_8859_1)));
            if (lines.endsWith("HTTP/3.0")) {
                parser.endLine();
            }
        } catch (HttpRefusal e) {
            assertEquals(HttpStatus.VERSION_NOT_SUPPORTED, e.status);
        }
        assertEquals(head, parser.isHead());
    }

    @Test
    void blanksAroundAValueAreRemoved() throws HttpRefusal {
        HttpRequest request = request("GET / HTTP/1.1|Host:x|A:|B: \t |C:\td\t |D: e\u00a0|");
        assertEquals("x", request.headers().first("Host"));
        assertEquals("", request.headers().first("A"));
        assertEquals("", request.headers().first("B"));
        assertEquals("d", request.headers().first("C"));
        assertEquals("e\u00a0", request.headers().first("D"));
    }

    @Test
    void commaInQuotesEndsNoElement() {
        assertEquals(
                "[a;b=\"c, \\\"d\", e, , f\"]",
                HttpHeaders.split(" a;b=\"c, \\\"d\" , e,, f\"").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/2.0", "GET / HTTP/0.9", "PRI * HTTP/2.0"})
    void otherVersionIsRefused(String line) {
        HttpRefusal refusal = assertThrows(HttpRefusal.class, () -> parse(line));
        assertEquals(HttpStatus.VERSION_NOT_SUPPORTED, refusal.status);
    }

    @Test
    void fieldsAreLimitedInNumberAndInSize() throws HttpRefusal {
        String many = "GET / HTTP/1.1|Host: x" + "|a: b".repeat(99);
        assertNull(parse(many));
        assertEquals(HttpStatus.HEADERS_TOO_LARGE, assertThrows(HttpRefusal.class, () -> parse("a: b")).status);
        String large = "|GET / HTTP/1.1|Host: x" + ("|a: " + "b".repeat(4000)).repeat(9);
        assertEquals(
                HttpStatus.HEADERS_TOO_LARGE,
                assertThrows(HttpRefusal.class, () -> new HttpRequestParserTest().parse(large)).status);
    }

    @Test
    void emptyLinesWithoutEndAreRefused() {
        assertThrows(HttpRefusal.class, () -> parse("|".repeat(20_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 5, 5",
        "Content-Length: 0, 0",
        "Content-Length: 5|content-length: 5, 5",
        "'Content-Length: 5, 5', 5",
        "Content-Length: 99999999999999999999999999, 9223372036854775807",
        "Content-Length: 18446744073709551621, 9223372036854775807",
        "Content-Length: 000000000000000000000000000005, 5",
        "'Content-Length: 5, 005', 5",
        "Content-Length: 5;a, 400",
        "'Content-Length: 5 5', 400",
        "'Content-Length: \"5\"', 400",
        "Content-Length: 5.0, 400",
        "Content-Length: \u0665, 400",
        "Content-Length: 5|Content-Length: 6, 400",
        "'Content-Length: 5, 6', 400",
        "'Content-Length: 5,', 400",
        "Content-Length: +5, 400",
        "Content-Length: -5, 400",
        "Content-Length: 0x5, 400",
        "Content-Length:, 400",
        "Content-Length: 5|Transfer-Encoding: chunked, 400",
        "Transfer-Encoding: chunked, 411",
        "'Transfer-Encoding: gzip, chunked', 501",
        "Transfer-Encoding: xchunked, 501",
        "Transfer-Encoding: Chunked, 411",
        "'Transfer-Encoding: ,chunked ,', 411",
        "'Transfer-Encoding: chunked, gzip', 400",
        "'Transfer-Encoding: chunked, chunked', 400",
        "Transfer-Encoding: chunked|Transfer-Encoding: gzip, 400",
        "Transfer-Encoding: gzip|Transfer-Encoding: chunked, 501",
        "'Transfer-Encoding: x;a=\"b, chunked\"', 501",
        "Transfer-Encoding: chunked;a=b, 501",
        "Transfer-Encoding:, 400",
        "Transfer-Encoding: identity, 501",
        "A: b, 0"
    })
    void lengthOfBodyIsCertainOrRefused(String fields, String outcome) throws HttpRefusal {
        HttpRequest request = request("GET / HTTP/1.1|Host: x|" + fields + "|");
        String seen;
        try {
            seen = Long.toString(request.bodyBytes());
        } catch (HttpRefusal e) {
            seen = e.status.toString().substring(0, 3);
        }
        assertEquals(outcome, seen);
    }

    @ParameterizedTest
    @CsvSource({
        "1, A: b, true",
        "1, Connection: close, false",
        "1, 'Connection: x, CLOSE', false",
        "1, Connection: x|Connection: close, false",
        "1, Connection: closed, true",
        "2, A: b, true",
        "0, 'Connection: keep-alive, close', false",
        "0, A: b, false",
        "0, Connection: Keep-Alive, true"
    })
    void connectionStaysOpenAsVersionAndFieldsSay(int minor, String field, boolean outlives) throws HttpRefusal {
        assertEquals(
                outlives,
                request("GET / HTTP/1." + minor + "|Host: x|" + field + "|").keepsAlive());
    }

    @Test
    void onlyTheExpectationOf100ContinueIsKnown() throws HttpRefusal {
        assertFalse(request("GET / HTTP/1.1|Host: x|").expectsContinue());
        assertTrue(request("GET / HTTP/1.1|Host: x|Expect: 100-Continue|").expectsContinue());
        assertTrue(request("GET / HTTP/1.1|Host: x|Expect: , 100-continue|Expect: 100-continue|")
                .expectsContinue());
        assertFalse(request("GET / HTTP/1.1|Host: x|Expect:|").expectsContinue());
        assertFalse(request("GET / HTTP/1.0|Expect: 100-continue|").expectsContinue());
        HttpRequest other = request("GET / HTTP/1.1|Host: x|Expect: miracles|");
        assertEquals(HttpStatus.EXPECTATION_FAILED, assertThrows(HttpRefusal.class, other::expectsContinue).status);
    }
}
