// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code chat-server} with clients in Python. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class ChatServerIT {
    private final String poller;

    ChatServerIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void eachMemberGetsEveryLineOfTheOthersOnceAndInOrder(String policy) throws Exception {
        assertEquals(List.of(), logAfter(CROWD, "--policy", policy));
    }

    private static final String CROWD = """
            import random
            seed = random.randrange(1 << 32)
            print("seed", seed, file=sys.stderr)
            NAMES, LINES = ["n%d" % i for i in range(10)], 500
            def speak(s, name):
                cuts = random.Random("%d %s" % (seed, name))
                text = "".join("line %d\\n" % i for i in range(LINES)).encode()
                while text:
                    n = cuts.choice((1, 7, 100, 1000))
                    s.sendall(text[:n])
                    text = text[n:]
            def listen(f):
                heard = {}
                for i in range(LINES * (len(NAMES) - 1)):
                    speaker, line = next_line(f).split(": ")
                    heard.setdefault(speaker, []).append(line)
                return heard
            people = {name: join(name) for name in NAMES}
            for i, name in enumerate(NAMES):
                for later in NAMES[i + 1:]:
                    expect(people[name][1], "* %s has come" % later)
            threads = [threading.Thread(target=speak, args=(s, name)) for name, (s, f) in people.items()]
            for thread in threads:
                thread.start()
            with concurrent.futures.ThreadPoolExecutor(len(NAMES)) as listeners:
                heard = dict(zip(NAMES, listeners.map(lambda name: listen(people[name][1]), NAMES)))
            for name in NAMES:
                assert heard[name] == {n: ["line %d" % i for i in range(LINES)] for n in NAMES if n != name}, name
            """;

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void memberThatDoesNotReadIsClosedAndOthersAreServed(String policy) throws Exception {
        List<String> log = logAfter(DEAF, "--policy", policy, "--patience", "1000");
        assertEquals(1, log.size(), log::toString);
        assertTrue(log.get(0).contains("(deaf) does not read"), log::toString);
    }

    private static final String DEAF_IS_LEFT = """
            # a system that chooses the size itself enlarges a full buffer later, which the server takes for reading
            deaf, deaf_file = join("deaf", receive_buffer=4096)
            amy, amy_file = join("amy")
            bob, bob_file = join("bob")
            expect(amy_file, "* bob has come")
            said, gone = 0, False
            while not gone:
                assert said < 100_000, "the server takes without limit"
                amy.sendall(b"%0900d\\n" % said)
                line = next_line(bob_file)
                if line == "* deaf has left":
                    gone = True
                    line = next_line(bob_file)
                assert line == "amy: %0900d" % said
                said += 1
            expect(amy_file, "* deaf has left")
            """;

    private static final String DEAF = DEAF_IS_LEFT + """
            lines = deaf_file.read().decode().split("\\r\\n")
            assert lines[:2] == ["* amy has come", "* bob has come"], lines[:2]
            assert lines[-2:] == ["* You do not read, so good-bye", ""], lines[-2:]
            assert lines[2:-2] == ["amy: %0900d" % i for i in range(len(lines) - 4)]
            """;

    @Test
    void memberThatNeverReadsIsClosedAfterItsPatience() throws Exception {
        try (Program server = Program.command(debugging("--patience", "1"));
                Program python = Program.tool("python3", "-c", ROOM + NEVER_READS, server.port())) {
            server.awaitErr("did not read to the end");
            python.input(new byte[0]);
            assertEquals("", python.outAfter(0), python::err);
            assertEndsOnSigterm(server);
        }
    }

    private static final String NEVER_READS = DEAF_IS_LEFT + """
            sys.stdin.read() # until the server has given up
            assert b"good-bye" not in deaf_file.read()
            """;

    @Test
    void tooLongLineIsAnsweredAndNotSentToOthers() throws Exception {
        assertEquals(List.of(), logAfter(TOO_LONG));
    }

    private static final String TOO_LONG = """
            amy, amy_file = join("amy")
            bob, bob_file = join("bob")
            expect(amy_file, "* bob has come")
            for n in 1001, 100_000:
                bob.sendall(b"x" * n + b"\\n" + b"y" * 1000 + b"\\n")
                expect(bob_file, "* That line was too long: 1000 bytes are the limit")
                expect(amy_file, "bob: " + "y" * 1000)
            """;

    @Test
    void lineMayComeByteByByte() throws Exception {
        assertEquals(List.of(), logAfter(BYTE_BY_BYTE));
    }

    private static final String BYTE_BY_BYTE = """
            amy, amy_file = join("amy")
            bob, bob_file = join("bob")
            expect(amy_file, "* bob has come")
            bob.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in "gr\\u00fc\\u00df dich, \\u65e5\\u672c\\r\\n".encode():
                bob.sendall(bytes([byte]))
            expect(amy_file, "bob: gr\\u00fc\\u00df dich, \\u65e5\\u672c")
            """;

    @Test
    void malformedTextAndControlCharactersAreReplaced() throws Exception {
        assertEquals(List.of(), logAfter(MALFORMED));
    }

    private static final String MALFORMED = """
            amy, amy_file = join("amy")
            bob, bob_file = join("bob")
            expect(amy_file, "* bob has come")
            for raw, shown in (b"a\\xffb", "a\\ufffdb"), (b"cut \\xe6\\x97", "cut \\ufffd"), (b"\\x1b[2Jclean", "\\ufffd[2Jclean"):
                bob.sendall(raw + b"\\n")
                expect(amy_file, "bob: " + shown)
            """;

    @Test
    void nameIsAskedForUntilItIsValid() throws Exception {
        assertEquals(List.of(), logAfter(NAMES));
    }

    private static final String NAMES = """
            amy, amy_file = join("amy")
            s, f = connect()
            for name in b"", b"two words", b"x" * 33, b"b\\xffd", b"bob:":
                s.sendall(name + b"\\n")
                expect(f, "* A name is 1 to 32 letters, digits, - and _")
            s.sendall(b"amy\\n")
            expect(f, "* The name amy is taken")
            s.sendall(b"am\\xc3\\xa9lie\\n")
            expect(f, "* Here are: amy, am\\u00e9lie")
            expect(amy_file, "* am\\u00e9lie has come")
            amy.close()
            amy_file.close()
            expect(f, "* amy has left")
            join("amy")
            expect(f, "* amy has come")
            """;

    @Test
    void memberThatIsResetHasLeft() throws Exception {
        assertEquals(List.of(), logAfter(RESETS));
    }

    private static final String RESETS = """
            amy, amy_file = join("amy")
            for i in range(100):
                s, f = join("bob")
                expect(amy_file, "* bob has come")
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                f.close()
                s.close()
                amy.sendall(b"still there?\\n")
                expect(amy_file, "* bob has left")
            """;

    // What all clients use.

    private static final String ROOM = """
            import concurrent.futures, socket, struct, sys, threading
            def connect(receive_buffer=None):
                s = socket.socket()
                if receive_buffer:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
                s.settimeout(100)
                s.connect(("127.0.0.1", int(sys.argv[1])))
                f = s.makefile("rb")
                expect(f, "* What is your name?")
                return s, f
            def join(name, receive_buffer=None):
                s, f = connect(receive_buffer)
                s.sendall(name.encode() + b"\\n")
                line = next_line(f)
                assert line.startswith("* Here are: ") and line.endswith(name), line
                return s, f
            def next_line(f):
                line = f.readline().decode()
                assert line.endswith("\\r\\n"), line
                return line[:-2]
            def expect(f, line):
                heard = next_line(f)
                assert heard == line, heard
            """;

    /** Runs a conversation, and returns the lines that the server has logged about it. */
    private List<String> logAfter(String conversation, String... options) throws Exception {
        try (Program server = Program.command(command(options));
                Program python = Program.tool("python3", "-c", ROOM + conversation, server.port())) {
            assertEquals("", python.outAfter(0), () -> python.err() + server.err());
            assertEndsOnSigterm(server);
            List<String> lines = server.err().lines().toList();
            return lines.subList(1, lines.size() - 1);
        }
    }

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>(Program.java());
        command.addAll(List.of("chat-server", "--poller", poller));
        command.addAll(List.of(options));
        return command;
    }

    private List<String> debugging(String... options) {
        List<String> command = command(options);
        command.add(1, "-Dasyncore.log=debug");
        return command;
    }

    private static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }
}
