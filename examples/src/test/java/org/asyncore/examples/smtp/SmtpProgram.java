// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.asyncore.examples.support.Program;

/** Runs {@code smtp-server} with a maildir in a test's folder. */
final class SmtpProgram implements AutoCloseable {
    private static final Pattern TRACE = Pattern.compile(
            "Return-Path: <[^\r]*>\r\n(?:Delivered-To: [^\r]*\r\n)+Received: from [^\r]*\r\n\tby localhost with "
                    + "(?:UTF8SMTP|ESMTP|SMTP)S? id [^\r]*;\r\n\t[^\r]*\r\n");

    private final Path maildir;
    private final Program program;
    private final String port;

    private SmtpProgram(Path maildir, Program program) throws Exception {
        this.maildir = maildir;
        this.program = program;
        port = program.port();
    }

    static SmtpProgram start(Path folder, String poller, String... options) throws Exception {
        Path maildir = folder.resolve("mails");
        return new SmtpProgram(
                maildir, Program.example(arguments(maildir, poller, options).toArray(String[]::new)));
    }

    /** Starts the server in a shell, behind another command. */
    static SmtpProgram startBy(String command, Path folder, String poller) throws Exception {
        Path maildir = folder.resolve("mails");
        String line = command + " " + String.join(" ", Program.java()) + " "
                + String.join(" ", arguments(maildir, poller, new String[0]));
        return new SmtpProgram(maildir, Program.tool("sh", "-c", line));
    }

    /** Returns the options for STARTTLS, with a certificate for localhost that {@code openssl} makes. */
    static String[] starttls(Path folder) throws Exception {
        String pem = folder.resolve("localhost.pem").toString();
        String request = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
                + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " + pem + " -out " + pem + ".cert";
        try (Program openssl = Program.tool(request.split(" "))) {
            openssl.outAfter(0);
        }
        return new String[] {"--starttls", "--cert", pem + ".cert", "--key", pem};
    }

    private static List<String> arguments(Path maildir, String poller, String[] options) {
        List<String> arguments =
                new ArrayList<>(List.of("smtp-server", "--poller", poller, "--maildir", maildir.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    String port() {
        return port;
    }

    Path maildir() {
        return maildir;
    }

    /**
     * Runs a Python script with the port, the maildir and the rest as arguments, and checks that it prints
     * {@code same}.
     */
    void python(String script, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-c", script, port, maildir.toString()));
        command.addAll(List.of(more));
        try (Program python = Program.tool(command.toArray(String[]::new))) {
            assertEquals("same", python.outAfter(0).strip(), () -> python.err() + program.err());
        }
    }

    /** Returns the stored mails without the lines that the server puts before them, one character for each byte. */
    List<String> mails() throws IOException {
        List<String> mails = new ArrayList<>();
        for (Path file : files("new")) {
            String mail = Files.readString(file, ISO_8859_1);
            assertTrue(TRACE.matcher(mail).lookingAt(), mail);
            mails.add(TRACE.matcher(mail).replaceFirst(""));
        }
        return mails;
    }

    List<Path> files(String part) throws IOException {
        try (var files = Files.list(maildir.resolve(part))) {
            return files.sorted().toList();
        }
    }

    /** Returns the lines that the server has logged about its clients. */
    List<String> warnings() {
        return program.err()
                .lines()
                .filter(line -> !line.startsWith("ServerRunner: "))
                .toList();
    }

    /** Ends the server with SIGTERM, and checks exit code 0 and that no unfinished mail is left. */
    void end() throws Exception {
        program.terminate();
        assertEquals("", program.outAfter(0));
        assertTrue(program.err().endsWith("closed\n"), program::err);
        assertEquals(List.of(), files("tmp"));
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
