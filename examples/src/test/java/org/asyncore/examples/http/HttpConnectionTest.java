// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests whole conversations, also if the network cuts them into pieces. */
@Timeout(300)
final class HttpConnectionTest {
    private static final String LAST = "GET /f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final List<String> REQUESTS = List.of(
            "GET /f HTTP/1.1\r\nHost: x\r\n\r\n",
            "HEAD /f HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /large HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /large HTTP/1.1\r\nHost: x\r\nRange: bytes=99990-\r\n\r\n",
            "GET /f HTTP/1.1\r\nHost: x\r\nRange: bytes=99-\r\n\r\n",
            "GET /f HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n",
            "GET /none HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /../f HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n\r\n\r\nGET /",
            "PUT /f HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
            "FOO /f HTTP/1.1\r\nHost: x\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "\r\n\r\nGET /f HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    private static final List<String> BAD = List.of(
            "GET /f\r\n",
            "GET /f HTTP/3.0\r\n",
            "GET /f HTTP/1.1\r\nHost: x\n\r\n",
            "GET /f HTTP/1.1\r\n\r\n",
            "GET /" + "f".repeat(9000) + " HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(9000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    private HttpPeer peer;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("f"), "the content");
        Files.writeString(folder.resolve("large"), "0123456789".repeat(10_000));
        peer = new HttpPeer(folder, Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void responsesKeepTheOrderOfPipelinedRequests() throws IOException {
        String answers = peer.talk(String.join("", REQUESTS) + LAST);
        List<String> statuses = Arrays.stream(answers.split("HTTP/1.1 ", -1))
                .skip(1)
                .map(answer -> answer.substring(0, 3))
                .toList();
        assertEquals(
                List.of(
                        "200", "200", "200", "206", "416", "304", "404", "403", "405", "100", "405", "501", "200",
                        "200", "200"),
                statuses);
        assertTrue(answers.endsWith("\r\n\r\nthe content"), answers);
        assertEquals(List.of(), peer.logged());
    }

    /** The same requests with GET have content. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HEAD /../f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HEAD * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HEAD / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "HEAD / HTTP/1.1\r\n\r\n",
                "HEAD / HTTP/3.0\r\n\r\n",
                "HEAD / HTTP/1.1\r\nHost: x\r\nbad\r\n\r\n",
                "HEAD / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n",
                "HEAD / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
                "HEAD / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HEAD /f HTTP/1.1\r\nHost: x\r\nIf-Match: \"other\"\r\nConnection: close\r\n\r\n",
            })
    void refusalOfHeadRequestHasNoContent(String request) throws IOException {
        String answer = peer.talk(request);
        assertTrue(answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 505"), answer);
        assertEquals(answer.length(), answer.indexOf("\r\n\r\n") + 4, answer);
        String got = peer.talk(request.replaceFirst("HEAD", "GET"));
        assertTrue(got.endsWith("\n") && got.length() > got.indexOf("\r\n\r\n") + 4, got);
    }

    @Test
    void tooLongLineOfHeadRequestIsRefusedWithoutContent() throws IOException {
        String answer = peer.talk("HEAD /" + "f".repeat(9000));
        assertTrue(answer.startsWith("HTTP/1.1 414 ") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void responseToOptionsListsTheMethods() throws IOException {
        for (String target : List.of("*", "/f", "http://x/f")) {
            String answer = peer.talk("OPTIONS " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("\r\nAllow: GET, HEAD, OPTIONS\r\nContent-Length: 0\r\n\r\n"), answer);
        }
        String answer = peer.talk("OPTIONS x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void httpsTargetIsRefusedWithoutTls() throws IOException {
        String answer = peer.talk("GET https://x/f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
    }

    @Test
    void fileWithFutureTimeIsReportedAsModifiedNow() throws IOException {
        Files.setLastModifiedTime(
                folder.resolve("f"), FileTime.from(Instant.now().plusSeconds(86_400)));
        String answer = peer.talk(LAST);
        String modified = answer.replaceFirst("(?s).*\r\nLast-Modified: ([^\r]+)\r\n.*", "$1");
        Instant date = HttpDates.parse(modified);
        assertTrue(date != null && !date.isAfter(Instant.now()), answer);
    }

    /** The responses have far more bytes than a connection keeps, so most of them are made later. */
    @Test
    void thousandPipelinedRequestsAreAnsweredInOrder() throws IOException {
        int n = 1000;
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < n; i++) {
            requests.append("GET /" + (i % 3 == 0 ? "large" : "f") + " HTTP/1.1\r\nHost: x\r\nRange: bytes=0-" + i
                    + "\r\n\r\n");
        }
        String answers = peer.talk(requests + LAST);
        List<String> lengths = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n")
                .matcher(answers)
                .results()
                .map(match -> match.group(1))
                .toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            expected.add(String.valueOf(i % 3 == 0 ? i + 1 : Math.min(i + 1, 11)));
        }
        expected.add("11");
        assertEquals(expected, lengths);
    }

    @Test
    void responsesDoNotDependOnHowRequestsAreCut() throws IOException {
        for (int i = 0; i < 200; i++) {
            StringBuilder requests = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                requests.append(REQUESTS.get(random.nextInt(REQUESTS.size())));
            }
            requests.append(random.nextBoolean() ? LAST : BAD.get(random.nextInt(BAD.size())));
            byte[] stream = requests.append(LAST).toString().getBytes(ISO_8859_1);
            String whole = peer.talk(List.of(stream));
            String parts = peer.talk(cut(stream));
            assertEquals(whole, parts, () -> "seed " + seed + ", " + requests);
        }
        assertNothingFailed();
    }

    @Test
    void serverStillServesAfterGarbage() throws IOException {
        String expected = peer.talk(LAST);
        for (int i = 0; i < 200; i++) {
            byte[] stream = (String.join("", REQUESTS) + LAST).getBytes(ISO_8859_1);
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
            }
            peer.talk(cut((new String(stream, ISO_8859_1) + "\r\n\r\n\u0000").getBytes(ISO_8859_1)));
        }
        assertEquals(expected, peer.talk(LAST), () -> "seed " + seed);
        assertNothingFailed();
    }

    private void assertNothingFailed() {
        List<String> failures =
                peer.logged().stream().filter(line -> line.contains("closing")).toList();
        assertEquals(List.of(), failures, () -> "seed " + seed);
    }

    /** Cuts in up to 20 places, or between all bytes if the stream is short. */
    private List<byte[]> cut(byte[] stream) {
        List<byte[]> pieces = new ArrayList<>();
        boolean everywhere = stream.length < 300;
        int[] places = everywhere
                ? new int[0]
                : random.ints(random.nextInt(20), 0, stream.length).sorted().toArray();
        int from = 0;
        for (int i = 0; i < (everywhere ? stream.length : places.length); i++) {
            int to = everywhere ? i : places[i];
            if (to > from) {
                pieces.add(Arrays.copyOfRange(stream, from, to));
                from = to;
            }
        }
        pieces.add(Arrays.copyOfRange(stream, from, stream.length));
        return pieces;
    }
}
