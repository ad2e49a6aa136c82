// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where a response ends, by RFC 9112, section 6.3. A bar means the end of a line. */
final class HttpResponseParserTest {
    /** Adds a response byte by byte, and returns when it is complete: before the end of the stream, at it, or never. */
    private static String outcome(String response) {
        HttpResponseParser reply = new HttpResponseParser();
        try {
            for (byte b : response.replace("|", "\r\n").getBytes(ISO_8859_1)) {
                reply.add(ByteBuffer.wrap(new byte[] {b}));
            }
            boolean before = reply.isComplete();
            reply.end();
            return before ? "before" : reply.isComplete() ? "end" : "never";
        } catch (EOFException e) {
            return "cut";
        } catch (ProtocolException e) {
            return "malformed";
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.0 200 OK|Content-Length: 3||abc, before",
        "HTTP/1.0 200 OK|Content-Length: 3||abcd, before",
        "'HTTP/1.1 200 OK|content-length: 3, 003||abc', before",
        "HTTP/1.0 200 OK|Content-Length: 0||, before",
        "HTTP/1.0 200 OK|Content-Length: 3||ab, cut",
        "HTTP/1.0 200 OK|Content-Length: 3||, cut",
        "HTTP/1.0 200 OK|Content-Length: 99999999999999999999||abc, cut",
        "HTTP/1.0 200 OK||abc, end",
        "HTTP/1.0 200 OK||, end",
        "HTTP/1.0 200||abc, end",
        "HTTP/1.0 200 |A: b||abc, end",
        "HTTP/1.1 204 No Content|Content-Length: 3||, before",
        "HTTP/1.1 304 Not Modified|Content-Length: 3||, before",
        "HTTP/1.1 404 Not Found|Content-Length: 3||ab, cut",
        "HTTP/1.1 301 Moved|Location: /x|Content-Length: 0||, before",
        "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 3||abc, before",
        "HTTP/1.1 103 Early Hints|Content-Length: 9||HTTP/1.1 200 OK|Content-Length: 3||abc, before",
        "HTTP/1.1 100 Continue||, cut",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|0||, before",
        "HTTP/1.1 200 OK|Transfer-Encoding: Chunked|Content-Length: 1||00a;x=y|0123456789|000|Trailer: x||, before",
        "'HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||3 ; x=\";\"|abc|0||', before",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|0|, cut",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|, cut",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|ab, cut",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||, cut",
        "HTTP/1.1 200 OK|Transfer-Encoding: gzip||abc, end",
        "HTTP/1.1 200 OK|Content-Length:| 3||abc, before",
        "'', cut",
        "HTTP/1.1, cut",
        "HTTP/1.1 200 OK, cut",
        "HTTP/1.1 200 OK|, cut",
        "HTTP/1.1 200 OK|A: b, cut",
        "HTTP/1.1 200 OK|A: b|, cut",
    })
    void responseEndsWhereItSays(String response, String outcome) {
        assertEquals(outcome, outcome(response));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x|",
                "HTTP/2 200|",
                "HTTP/1.1 20 OK|",
                "HTTP/1.1 2000 OK|",
                "HTTP/1.1 600 OK|",
                "http/1.1 200 OK|",
                "HTTP/1.1  200 OK|",
                "|",
                "HTTP/1.1 200 OK|no field||",
                "HTTP/1.1 200 OK|Content-Length: +3||",
                "HTTP/1.1 200 OK|Content-Length: 3|Content-Length: 4||",
                "HTTP/1.1 200 OK|Content-Length:||",
                "HTTP/1.1 101 Switching Protocols||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0x1|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|| 1|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||;x|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||ffffffffffffffff|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abcd|"
            })
    void malformedResponseIsRefused(String response) {
        assertEquals("malformed", outcome(response));
    }

    @Test
    void headWithoutEndIsRefused() {
        assertEquals("malformed", outcome("HTTP/1.1 200 OK|" + "A: b|".repeat(20_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_host, my_host, 80, my_host, /",
        "HTTP://Host:8080/a?b#c, Host, 8080, Host:8080, /a?b",
        "http://host?b, host, 80, host, /?b",
        "http://host#c, host, 80, host, /",
        "http://host:/, host, 80, host, /",
        "http://host:80/, host, 80, host, /",
        "https://host:443/, host, 443, host, /",
        "https://host:80/, host, 80, host:80, /",
        "http://[::1]:81/, [::1], 81, [::1]:81, /",
        "http://b\u00fccher.example/\u00fc?\u00fc, xn--bcher-kva.example, 80, xn--bcher-kva.example, /%C3%BC?%C3%BC",
        "http://host/a%20b/../c, host, 80, host, /a%20b/../c",
    })
    void urlIsParsed(String url, String host, int port, String field, String target) throws IOException {
        HttpUrl parsed = HttpUrl.parse(url);
        assertEquals(host, parsed.host());
        assertEquals(port, parsed.port());
        assertEquals(
                "GET " + target + " HTTP/1.0\r\nHost: " + field + "\r\n\r\n", new String(parsed.request(), ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "//host/",
                "http:",
                "http:/host",
                "http:host",
                "http:///",
                "http://:80/",
                "http://host:x/",
                "http://host:65536/",
                "http://host:-1/",
                "http://me@host/",
                "http://me:pw@host/",
                "http://[::1/",
                "http://[1]/",
                "http://a b/",
                "http://host/a b",
                "http://host/%",
                "ftp://host/",
                "httpx://host/",
                "mailto:a@b"
            })
    void malformedUrlIsRefused(String url) {
        assertThrows(IOException.class, () -> HttpUrl.parse(url));
    }
}
