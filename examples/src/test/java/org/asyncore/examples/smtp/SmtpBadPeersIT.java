// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests {@code smtp-server} with clients that misbehave: each is refused or closed, and a well-behaved client beside it
 * is served.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class SmtpBadPeersIT {
    private final String poller;

    SmtpBadPeersIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    /** {@code Client} sends anything; {@code good()} sends a mail over a connection that stays open. */
    private static final String CLIENTS = """
            import smtplib, socket, ssl, sys, time
            port = int(sys.argv[1])
            neighbour = smtplib.SMTP("127.0.0.1", port, timeout=100)
            def good():
                assert neighbour.sendmail("a@b", ["c@d"], b"good\\r\\n") == {}
            class Client:
                def __init__(self):
                    self.socket = socket.create_connection(("127.0.0.1", port), timeout=100)
                    self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self.replies = self.socket.makefile("rb")
                    self.code()
                def say(self, data):
                    self.socket.sendall(data)
                def code(self):
                    line = self.replies.readline()
                    while line[3:4] == b"-":
                        line = self.replies.readline()
                    return int(line[:3] or 0)
                def ask(self, data):
                    self.say(data)
                    return self.code()
                def expect(self, data, *codes):
                    self.say(data)
                    got = [self.code() for _ in codes]
                    assert got == list(codes), (data[:200], got, codes)
                def data(self):
                    self.expect(b"EHLO me\\r\\nMAIL FROM:<a@b>\\r\\nRCPT TO:<c@d>\\r\\nDATA\\r\\n", 250, 250, 250, 354)
                def rest(self):
                    try:
                        return self.replies.read()
                    except ConnectionResetError:
                        return b""
            """;

    @Test
    void badCommandsAndTextsAreRefusedAndTheConnectionStaysOpen() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller, "--max-size", "100000")) {
            server.python(CLIENTS + BAD);
            assertEquals(Set.of("good\r\n"), Set.copyOf(server.mails()));
            List<String> peers = server.warnings().stream()
                    .map(line -> line.split(" ", 3)[1])
                    .toList();
            assertEquals(peers.stream().distinct().toList(), peers); // a line for each, and no stack trace
            assertEquals(55, peers.size());
            server.end();
        }
    }

    private static final String BAD = """
            mail = b"MAIL FROM:<a@b>"
            rcpt = b"RCPT TO:<c@d>\\r\\n"
            for line, *codes in [
                (b"", 500), (b"NONESUCH", 500), (b"EXPN x", 502), (b"AUTH PLAIN", 502), (b"STARTTLS", 502), (mail, 503),
                (b"EHLO", 501), (b"EHLO a b", 501), (b"EHLO \\xc3\\xa4", 501), (b"QUIT now", 501), (b"VRFY", 501),
                (b"NOOP \\xff", 500), (b"NO\\0OP", 500), (b"N\\nOOP", 500), (b"QU\\xc4\\xb1T", 500), (b"x" * 3000, 500),
                (b"x" * 300000, 500), (b"\\x16\\x03\\x01\\x00\\xa5", 500)]:
                client = Client()
                client.expect(line + b"\\r\\n", *codes)
                client.expect(b"NOOP\\r\\n", 250)
                good()
            for line, *codes in [
                (rcpt, 503), (b"DATA\\r\\n", 503), (mail + b"\\r\\n" + mail + b"\\r\\n", 250, 503),
                (mail + b"\\r\\nDATA\\r\\n", 250, 554), (mail + b"\\r\\n" + rcpt + b"DATA now\\r\\n", 250, 250, 501),
                (b"MAIL FROM:a@b\\r\\n", 501), (b"MAIL FROM:<a@>\\r\\n", 501), (b"MAIL TO:<a@b>\\r\\n", 501),
                (b"MAIL FROM:<" + b"a" * 300 + b"@b>\\r\\n", 501), (b"MAIL FROM:<\\xc3\\xa4@b>\\r\\n", 553),
                (mail + b" SIZE=x\\r\\n", 501), (mail + b" SIZE=100001\\r\\n", 552), (mail + b" SIZE=\\r\\n", 501),
                (mail + b" SIZE=99999999999999999999\\r\\n", 552), (mail + b" BODY=BINARYMIME\\r\\n", 504),
                (mail + b" BODY\\r\\n", 501), (mail + b" SMTPUTF8=1\\r\\n", 501), (mail + b" FOO=1\\r\\n", 555),
                (mail + b" SIZE=1 SIZE=1\\r\\n", 501), (mail + b"\\r\\nRCPT TO:<c@d> NOTIFY=NEVER\\r\\n", 250, 555),
                (mail + b"\\r\\nRCPT TO:<c>\\r\\n", 250, 501), (mail + b"\\r\\nRCPT TO:<\\xc3\\xa4@d>\\r\\n", 250, 553),
                (mail + b"\\r\\n" + rcpt * 102, 250, *[250] * 100, 452, 452),
                (mail + b"\\r\\nRSET\\r\\n" + rcpt, 250, 250, 503), (mail + b"\\r\\nEHLO me\\r\\n" + rcpt, 250, 250, 503)]:
                client = Client()
                client.expect(b"EHLO me\\r\\n", 250)
                client.expect(line, *codes)
                client.expect(b"NOOP\\r\\n", 250)
                good()
            for text, code in [
                (b"x" * 999 + b"\\r\\n", 500), (b"." + b"x" * 999 + b"\\r\\n", 500), (b"x" * 300000 + b"\\r\\n", 500),
                (b"a\\0b\\r\\n", 554), (b"a\\r\\n.\\nb\\r\\n", 554), (b"a\\n.\\r\\nb\\r\\n", 554), (b"a\\n.\\nMAIL FROM:<x@y>\\r\\n", 554),
                (b"a\\r.\\r\\n", 554), (b"a\\r\\n.\\rb\\r\\n", 554), (b"a\\r\\r\\n", 554), ((b"x" * 98 + b"\\r\\n") * 1001, 552)]:
                client = Client()
                client.data()
                client.expect(text + b".\\r\\nNOOP\\r\\n", code, 250)
                good()
            client = Client()
            client.expect(b"x\\r\\n" * 20, *[500] * 20, 421)
            assert client.rest() == b""
            good()
            print("same")
            """;

    /** A web page can make a browser send such a request, whose body would be commands. */
    @Test
    void httpRequestEndsTheConnection() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller)) {
            server.python(CLIENTS + """
                    client = Client()
                    client.say(b"POST / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nEHLO me\\r\\nMAIL FROM:<a@b>\\r\\n"
                        b"RCPT TO:<c@d>\\r\\nDATA\\r\\nevil\\r\\n.\\r\\n")
                    assert client.code() == 554
                    assert client.rest() == b""
                    good()
                    print("same")
                    """);
            assertEquals(List.of("good\r\n"), server.mails());
            assertEquals(1, server.warnings().size(), server.warnings()::toString);
            server.end();
        }
    }

    @Test
    void bytesThatComeOneByOneAreStored() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller)) {
            server.python(CLIENTS + """
                    client = Client()
                    for b in b"EHLO me\\r\\nMAIL FROM:<a@b>\\r\\nRCPT TO:<c@d>\\r\\nDATA\\r\\n..slow\\r\\n.\\r\\nQUIT\\r\\n":
                        client.say(bytes([b]))
                        time.sleep(0.001)
                    assert [client.code() for _ in range(7)] == [250, 250, 250, 354, 250, 221, 0]
                    print("same")
                    """);
            assertEquals(List.of(".slow\r\n"), server.mails());
            server.end();
        }
    }

    @Test
    void textWithoutEndIsCutOff() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller, "--max-size", "100000")) {
            server.python(CLIENTS + """
                    client = Client()
                    client.data()
                    sent = 0
                    try:
                        while True:
                            sent += client.socket.send(b"and so on\\r\\n" * 1000)
                            assert sent < 100_000_000
                    except OSError:
                        pass
                    good()
                    print("same")
                    """);
            assertEquals(1, server.warnings().size(), server.warnings()::toString);
            assertEquals(List.of("good\r\n"), server.mails());
            server.end();
        }
    }

    /** One client is silent, two send a line that does not end, slow or long, and one does not read replies. */
    @Test
    void clientThatCompletesNothingIsIdle() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller, "--idle", "2")) {
            server.python("""
                    import socket, sys, time
                    def connect():
                        s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=0.1)
                        return s
                    silent, slow, long, deaf = connect(), connect(), connect(), connect()
                    for s in (slow, long):
                        s.sendall(b"EHLO me\\r\\nMAIL FROM:<>\\r\\nRCPT TO:<a@b>\\r\\nDATA\\r\\n")
                    sent = {slow: 0, long: 0, deaf: 0}
                    alive = [slow, long, deaf]
                    while alive:
                        for s, data in ((slow, b"x"), (long, b"x" * 100_000), (deaf, b"NOOP\\r\\n" * 10_000)):
                            try:
                                if s in alive:
                                    sent[s] += s.send(data)
                                    assert sent[s] < 1_000_000_000
                            except TimeoutError:
                                pass
                            except OSError:
                                alive.remove(s)
                    silent.settimeout(100)
                    assert b"421 " in silent.makefile("rb").read()
                    assert sent[deaf] < 50_000_000, sent[deaf]
                    print("same")
                    """);
            assertEquals(4, server.warnings().size(), server.warnings()::toString);
            assertTrue(server.warnings().stream().allMatch(line -> line.endsWith("is idle, closing")));
            server.end();
        }
    }

    @Test
    void connectionThatIsLostWithinATextLeavesNoFile() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller)) {
            server.python(CLIENTS + """
                    import os, struct
                    def drafts(expected):
                        end = time.time() + 100
                        while len(os.listdir(os.path.join(sys.argv[2], "tmp"))) != expected and time.time() < end:
                            time.sleep(0.01)
                        assert len(os.listdir(os.path.join(sys.argv[2], "tmp"))) == expected
                    for linger in (0, 1):
                        client = Client()
                        client.data()
                        client.say(b"so far\\r\\n" * 30_000)
                        drafts(1)
                        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", linger, 0))
                        client.replies.close()
                        client.socket.close()
                        drafts(0)
                    good()
                    print("same")
                    """);
            assertEquals(List.of("good\r\n"), server.mails());
            server.end();
        }
    }

    @Test
    void clientWithinAMailGetsAReplyWhenTheServerEnds() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller, "--grace", "1");
                Program client = Program.tool("python3", "-c", CLIENTS + """
                        client = Client()
                        client.data()
                        client.say(b"so far\\r\\n" * 30_000)
                        print("there", flush=True)
                        print("same" if client.code() == 421 and client.rest() == b"" else "not the same")
                        """, server.port())) {
            assertEquals("there", client.line());
            server.end();
            assertEquals("same", client.outAfter(0).strip(), client::err);
            assertEquals(List.of(), server.files("new"));
        }
    }

    @Test
    void garbageInsteadOfTlsEndsTheConnection() throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller, SmtpProgram.starttls(folder))) {
            server.python(CLIENTS + """
                    garbage = [b"EHLO me\\r\\n", b"\\x16\\x03\\x01\\x00\\x05hello", b"\\x00" * 100, b"\\xff" * 20_000]
                    for data in garbage:
                        client = Client()
                        client.expect(b"STARTTLS\\r\\n", 220)
                        client.say(data)
                        assert b"220" not in client.rest()
                        good()
                    context = ssl.create_default_context() # which does not trust the server's certificate
                    client = Client()
                    client.expect(b"STARTTLS\\r\\n", 220)
                    try:
                        context.wrap_socket(client.socket, server_hostname="localhost")
                        print("trusted")
                    except ssl.SSLCertVerificationError:
                        good()
                    print("same")
                    """);
            assertEquals(5, server.warnings().size(), server.warnings()::toString);
            server.end();
        }
    }

    @Test
    void commandsInClearAreForgotten() throws Exception {
        String[] tls = SmtpProgram.starttls(folder);
        try (SmtpProgram server = SmtpProgram.start(folder, poller, tls)) {
            server.python(CLIENTS + """
                    client = Client()
                    client.expect(b"EHLO me\\r\\nMAIL FROM:<a@b>\\r\\nSTARTTLS\\r\\nRCPT TO:<c@d>\\r\\nRSET\\r\\n\\r", 250, 250, 220)
                    context = ssl.create_default_context(cafile=sys.argv[3])
                    client.socket = context.wrap_socket(client.socket, server_hostname="localhost")
                    client.replies = client.socket.makefile("rb")
                    client.expect(b"RCPT TO:<c@d>\\r\\nMAIL FROM:<a@b>\\r\\nSTARTTLS\\r\\n", 503, 503, 503)
                    client.data()
                    client.expect(b"safe\\r\\n.\\r\\nQUIT\\r\\n", 250, 221)
                    print("same")
                    """, tls[2]);
            assertEquals(List.of("safe\r\n"), server.mails());
            server.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- --starttls", "- --cert PEM.cert --key PEM", "- --idle 0", "- --max-size 0"})
    void wrongUsageIsExplained(String options) throws Exception {
        String pem = SmtpProgram.starttls(folder)[4];
        String command = "smtp-server "
                + options.replaceFirst("^- ", "--maildir " + folder + " ").replace("PEM", pem);
        try (Program server = Program.example(command.split(" +"))) {
            assertEquals("", server.outAfter(2));
            assertTrue(server.err().contains("Usage: "), server::err);
        }
    }

    @Test
    void maildirThatCannotBeCreatedIsNamed() throws Exception {
        try (Program server = Program.example("smtp-server", "--maildir", "/dev/null/mails")) {
            assertEquals("", server.outAfter(1));
            assertTrue(server.err().startsWith("smtp-server: /dev/null"), server::err);
            assertEquals(1, server.err().lines().count(), server::err);
        }
    }
}
