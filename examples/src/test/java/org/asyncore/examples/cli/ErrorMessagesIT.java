// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the messages for bad input: one line and exit code 1, or the usage and exit code 2. */
final class ErrorMessagesIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo-server --port 65536           | 65536",
                "echo-server --port -1              | -1",
                "echo-server --host no.such.invalid | no.such.invalid",
                "udp-echo --host no.such.invalid    | no.such.invalid",
                "udp-echo --host 192.0.2.1          | 192.0.2.1",
                "unix-echo --path /no/such/folder/s | /no/such/folder/s",
                "unix-echo --path /                 | /",
                "file-reader /no/such/file          | /no/such/file",
                "file-reader /                      | /",
                "tcp-proxy --to no.such.invalid:1   | no.such.invalid",
                "tcp-proxy --to 127.0.0.1:1 --tls-to --cacert /no/such/file | /no/such/file",
                "chat-server --port 65536           | 65536",
                "socket-server --mode processes --host no.such.invalid | no.such.invalid",
                "socket-server --mode processes --host 192.0.2.1 | 192.0.2.1",
                "echo --poller nonesuch             | nonesuch",
                "pollers --poller nonesuch          | nio (available)",
            })
    void causeIsNamedInOneLine(String command, String cause) throws Exception {
        assertOneLine(cause, command.split(" +"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/", "http://", "nothing", "http://a b/", "http://host:65536/", "http://host:x/"})
    void malformedUrlIsNamed(String url) throws Exception {
        assertNamesUrl(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://no.such.invalid/", "http://127.0.0.1:1/"})
    void unreachableUrlIsNamed(String url) throws Exception {
        assertNamesUrl(url);
    }

    @Test
    void addressInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            assertOneLine(":" + port, "echo-server", "--port", port);
        }
    }

    /** Linux lets no process read the beginning of this file, not even one of root. */
    @Test
    void fileThatFailsWhileReadIsNamed() throws Exception {
        Program file = Program.tool("sh", "-c", String.join(" ", Program.java()) + " file-reader /proc/self/mem");
        try (file) {
            assertEquals("", file.outAfter(1));
            assertTrue(file.err().contains("file-reader: /proc/self/mem: "), file::err);
        }
    }

    @Test
    void systemPropertyChoosesThePoller() throws Exception {
        try (Program pollers = Program.tool("sh", "-c", withProperty("asyncore.poller=nio", "pollers"))) {
            assertTrue(pollers.outAfter(0).contains("nio               0  *       yes"));
        }
        try (Program pollers = Program.tool("sh", "-c", withProperty("asyncore.poller=nonesuch", "pollers"))) {
            assertEquals("", pollers.outAfter(1));
            assertTrue(pollers.err().contains("'nonesuch'"), pollers::err);
        }
    }

    private static String withProperty(String property, String program) {
        String java = String.join(" ", Program.java());
        return java.replace(" -jar ", " -D" + property + " -jar ") + " " + program;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonesuch",
                "http-client",
                "loop-steps",
                "file-reader",
                "unix-echo",
                "tcp-proxy",
                "tcp-proxy --to nowhere",
                "reconnecting-client",
                "reconnecting-client nowhere",
                "reconnecting-client --every 0 localhost:1",
                "swing-chat --name bob",
                "swing-chat --name bob --host nonesuch 127.0.0.1:1",
                "chat-server --patience long",
                "socket-server --mode nonesuch",
                "socket-server --mode processes --processes 0",
                "echo --nonesuch",
                "echo-server --port many",
                "echo-server --style nonesuch",
                "echo-server --policy nonesuch",
                "echo-server --loops 0",
            })
    void wrongUsageIsExplained(String command) throws Exception {
        try (Program program = Program.example(command.split(" +"))) {
            assertEquals("", program.outAfter(2));
            assertFalse(program.err().isEmpty());
            assertNoStackTrace(program);
        }
    }

    private static void assertOneLine(String cause, String... command) throws Exception {
        try (Program program = Program.example(command)) {
            assertEquals("", program.outAfter(1));
            assertEquals(1, program.err().lines().count(), program::err);
            assertTrue(program.err().startsWith(command[0] + ": "), program::err);
            assertTrue(program.err().replace('\\', '/').contains(cause), program::err);
        }
    }

    private static void assertNamesUrl(String url) throws Exception {
        try (Program program = Program.example("http-client", url)) {
            assertEquals("", program.outAfter(1));
            long lines = program.err()
                    .lines()
                    .filter(line -> line.startsWith("http-client: " + url + ": "))
                    .count();
            assertEquals(1, lines, program::err);
            assertNoStackTrace(program);
        }
    }

    private static void assertNoStackTrace(Program program) {
        assertTrue(program.err().lines().noneMatch(line -> line.startsWith("\tat ")), program::err);
    }
}
