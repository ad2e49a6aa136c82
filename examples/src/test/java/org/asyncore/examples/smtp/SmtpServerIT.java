// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code smtp-server} with swaks and Python as clients. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class SmtpServerIT {
    private final String poller;

    SmtpServerIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--protocol SMTP", "--protocol ESMTP", "--pipeline", "--tls", "--tls --pipeline"})
    void mailFromSwaksIsStored(String how) throws Exception {
        try (SmtpProgram server = SmtpProgram.start(folder, poller, SmtpProgram.starttls(folder))) {
            String command = "swaks --server 127.0.0.1:" + server.port()
                    + " --from a@b.example --to c@d.example --body hello. " + how;
            try (Program swaks = Program.tool(command.split(" "))) {
                assertTrue(swaks.outAfter(0).contains("250 2.0.0 Stored as "), swaks::err);
            }
            assertEquals(1, server.mails().size());
            assertTrue(server.mails().get(0).contains("\r\n\r\nhello.\r\n"), server.mails()::toString);
            String stored = Files.readString(server.files("new").get(0), ISO_8859_1);
            assertTrue(stored.startsWith("Return-Path: <a@b.example>\r\nDelivered-To: c@d.example\r\n"), stored);
            String protocol = (how.contains(" SMTP") ? "SMTP" : "ESMTP") + (how.contains("--tls") ? "S" : "");
            assertTrue(stored.contains(" with " + protocol + " id "), stored);
            assertEquals(List.of(), server.warnings());
            server.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void mailsFromPythonAreStoredUnchanged(String policy) throws Exception {
        String[] tls = SmtpProgram.starttls(folder);
        String[] options = {tls[0], tls[1], tls[2], tls[3], tls[4], "--policy", policy};
        try (SmtpProgram server = SmtpProgram.start(folder, poller, options)) {
            server.python(SMTPLIB, tls[2]);
            assertEquals(List.of(), server.warnings());
            server.end();
        }
    }

    /** Prints {@code same} if the maildir has the same mails as the list {@code sent}. */
    private static final String COMPARE = """

            import hashlib, os, re
            trace = re.compile(rb"Return-Path: .*\\n(?:Delivered-To: .*\\n)+Received: .*\\n\\t.*\\n\\t.*\\n")
            def digest(mail):
                return hashlib.sha256(mail).hexdigest()
            def read(name):
                with open(os.path.join(sys.argv[2], "new", name), "rb") as f:
                    mail = f.read()
                    return mail[trace.match(mail).end():]
            found = [digest(read(name)) for name in os.listdir(os.path.join(sys.argv[2], "new"))]
            expected = [digest(mail) for mail in sent]
            print("same" if sorted(found) == sorted(expected) else f"{len(sent)} sent, {len(found)} found, or not the same")
            """;

    private static final String SMTPLIB = """
            import smtplib, ssl, sys
            sent = []
            context = ssl.create_default_context(cafile=sys.argv[3])
            def send(session, sender, to, mail, options=()):
                assert session.sendmail(sender, to, mail, mail_options=options) == {}
                sent.append(mail)
            for secure in (False, True):
                with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=100) as session:
                    if secure:
                        session.starttls(context=context)
                    send(session, "a@b", ["c@d", "e@f"], b"Subject: dots\\r\\n\\r\\n.\\r\\n..\\r\\n.x\\r\\n\\r\\n.\\r\\n")
                    send(session, "", ["postmaster"], b"\\r\\n")
                    eight = bytes(b for b in range(1, 256) if b not in (10, 13)) + b"\\r\\n"
                    send(session, "a@b", ["c@d"], eight, ["BODY=8BITMIME"])
                    send(session, "\\u00e4@\\u00f6", ["\\u4e2d@d"], b"wide\\r\\n", ["SMTPUTF8", "BODY=8BITMIME"])
                    session.rset()
                    assert session.vrfy("somebody")[0] == 252
                    send(session, "a@b", ["c@d"], b"x" * 998 + b"\\r\\n." + b"y" * 997 + b"\\r\\n")
                    send(session, "a@b", ["c@d"], (b"z" * 99 + b"\\r\\n") * 30_000)
            """ + COMPARE;

    @Test
    void thousandPipelinedMailsOverTwentyConnectionsAreStoredUnchanged() throws Exception {
        String[] tls = SmtpProgram.starttls(folder);
        try (SmtpProgram server = SmtpProgram.start(folder, poller, tls)) {
            server.python(PIPELINED, tls[2], String.valueOf(new Random().nextInt()));
            assertEquals(1000, server.files("new").size());
            assertEquals(List.of(), server.warnings());
            server.end();
        }
    }

    /** The end of a mail is sent together with the envelope of the next. Every fifth connection uses TLS. */
    private static final String PIPELINED = """
            import random, socket, ssl, sys, threading
            seed = int(sys.argv[4])
            sys.stderr.write(f"seed {seed}\\n")
            sent = []
            context = ssl.create_default_context(cafile=sys.argv[3])
            bytes_of_text = bytes(b for b in range(1, 256) if b not in (10, 13))
            def text(r):
                lines = [r.choice([b"", b".", b"..", b".dot", bytes(r.choices(bytes_of_text, k=r.randrange(900)))])
                    for _ in range(r.choice([0, 1, 10, 40]))]
                return b"".join(line + b"\\r\\n" for line in lines * (30 if r.random() < 0.02 else 1))
            def envelope(r):
                if r.random() < 0.2:
                    return "MAIL FROM:<\\u00e4@b> SMTPUTF8\\r\\nRCPT TO:<\\u4e2d@d>\\r\\nDATA\\r\\n".encode(), 3
                return b"MAIL FROM:<a@b> BODY=8BITMIME\\r\\nRCPT TO:<c@d>\\r\\nRCPT TO:<e@f>\\r\\nDATA\\r\\n", 4
            class Client(threading.Thread):
                def __init__(self, number):
                    super().__init__()
                    self.number = number
                    self.random = random.Random(seed * 100 + number)
                    self.sent = []
                def expect(self, code):
                    line = self.replies.readline()
                    assert line.startswith(code + b" "), line
                def greet(self):
                    self.socket.sendall(b"EHLO me\\r\\n")
                    while self.replies.readline().startswith(b"250-"):
                        pass
                def run(self):
                    self.socket = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=100)
                    self.replies = self.socket.makefile("rb")
                    self.expect(b"220")
                    self.greet()
                    if self.number % 5 == 0:
                        self.socket.sendall(b"STARTTLS\\r\\n")
                        self.expect(b"220")
                        self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
                        self.replies = self.socket.makefile("rb")
                        self.greet()
                    mails = [text(self.random) for _ in range(50)]
                    commands, n = envelope(self.random)
                    self.socket.sendall(commands)
                    for i, mail in enumerate(mails):
                        for _ in range(n - 1):
                            self.expect(b"250")
                        self.expect(b"354")
                        lines = mail.split(b"\\r\\n")
                        dotted = b"\\r\\n".join((b"." if line[:1] == b"." else b"") + line for line in lines)
                        commands, n = envelope(self.random) if i < 49 else (b"QUIT\\r\\n", 0)
                        self.socket.sendall(dotted + b".\\r\\n" + commands)
                        self.expect(b"250")
                        self.sent.append(mail)
                    self.expect(b"221")
                    assert self.replies.read() == b""
            clients = [Client(n) for n in range(20)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
                sent += client.sent
            """ + COMPARE;

    @Test
    @EnabledOnOs(OS.LINUX)
    void mailIsOnDiskBeforeTheReply() throws Exception {
        Path calls = folder.resolve("calls");
        Tools.require("strace");
        String strace =
                "exec strace -D -f -o " + calls + " -e trace=write,sendto,fsync,fdatasync,rename,renameat,renameat2";
        try (SmtpProgram server = SmtpProgram.startBy(strace, folder, poller)) {
            server.python(ONE_MAIL);
            server.end();
        }
        List<String> order = Files.readAllLines(calls, ISO_8859_1).stream()
                .flatMap(SmtpServerIT::step)
                .toList();
        assertEquals(List.of("write the mail", "force", "rename", "force", "reply"), order);
    }

    /**
     * Returns the step that a system call belongs to. A call that has to come later counts when it begins, a call that
     * has to come before counts when it has ended.
     */
    private static Stream<String> step(String call) {
        if (call.contains("\"Return-Path: ")) {
            return Stream.of("write the mail");
        } else if (call.contains("\"250 2.0.0 Stored as ")) {
            return Stream.of("reply");
        } else if (call.matches(".*\\bf(data)?sync\\b.*= 0")) {
            return Stream.of("force");
        }
        return call.matches(".*\\brename(at2?)?\\b.*= 0") ? Stream.of("rename") : Stream.empty();
    }

    private static final String ONE_MAIL = """
            import smtplib, sys
            sent = [b"one\\r\\n"]
            with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=100) as session:
                session.sendmail("a@b", ["c@d"], sent[0])
            """ + COMPARE;

    /** Writing to a file that must not grow fails like on a full disk, without filling one. */
    @Test
    void mailThatDoesNotFitOnDiskGets452() throws Exception {
        try (SmtpProgram server = SmtpProgram.startBy("ulimit -f 4096; exec", folder, poller)) {
            server.python(TOO_MUCH);
            assertEquals(2, server.warnings().size(), server.warnings()::toString);
            server.end();
        }
    }

    private static final String TOO_MUCH = """
            import os, smtplib, sys
            sent = [b"one\\r\\n"]
            with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=100) as session:
                try:
                    session.sendmail("a@b", ["c@d"], (b"x" * 98 + b"\\r\\n") * 90_000)
                    print("stored")
                except smtplib.SMTPDataError as e:
                    assert e.smtp_code == 452, e
                assert os.listdir(os.path.join(sys.argv[2], "tmp")) == []
                session.sendmail("a@b", ["c@d"], sent[0])
            """ + COMPARE;
}
