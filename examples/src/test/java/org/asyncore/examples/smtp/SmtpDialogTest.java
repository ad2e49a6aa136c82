// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the replies, and the header lines that are made of the commands. */
final class SmtpDialogTest {
    private final SmtpDialog dialog = new SmtpDialog(new SmtpSettings("mx", 1000, Duration.ofMinutes(5), null));

    @Test
    void extensionsAreOffered() throws SmtpRefusal {
        assertEquals(
                "250-mx\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 HELP",
                ask("EHLO me"));
        assertEquals("250 mx", ask("HELO me"));
    }

    @ParameterizedTest
    @CsvSource({
        "HELO,'',false,SMTP",
        "EHLO,'',false,ESMTP",
        "EHLO,'',true,ESMTPS",
        "EHLO,' SMTPUTF8',false,UTF8SMTP",
        "EHLO,' SMTPUTF8',true,UTF8SMTPS",
    })
    void headerHasTheEnvelopeAndTheProtocol(String hello, String parameters, boolean secure, String protocol)
            throws Exception {
        if (secure) {
            dialog.secured();
        }
        ask(hello + " me");
        ask("MAIL FROM:<a@b>" + parameters);
        ask("RCPT TO:<c@d>");
        ask("RCPT TO:<e@f>");
        byte[] sixth = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        String header = dialog.header("ID", new InetSocketAddress(InetAddress.getByAddress(sixth), 25));
        String expected = "Return-Path: <a@b>\r\nDelivered-To: c@d\r\nDelivered-To: e@f\r\n"
                + "Received: from me ([IPv6:0:0:0:0:0:0:0:1])\r\n\tby mx with " + protocol + " id ID;\r\n\t";
        assertTrue(header.startsWith(expected), header);
        assertTrue(header.endsWith(" +0000\r\n"), header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me",
                "me.example.org",
                "my_pc",
                "a-b.c",
                "1.2.3.4",
                "[127.0.0.1]",
                "[IPv6:::1]",
                "[ipv6:1:2:3:4:5:6:7:8]"
            })
    void nameOrAddressOfTheClientIsAccepted(String name) throws SmtpRefusal {
        assertTrue(ask("EHLO " + name).startsWith("250-mx\r\n"));
        assertEquals("250 mx", ask("HELO " + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<me>",
                "(me)",
                "a..b",
                ".a",
                "a.",
                "-a",
                "a-",
                "a@b",
                "a:b",
                "a/b",
                "[me]",
                "[1.2.3]",
                "[::1]",
                "[IPv6:1]",
                "[127.0.0.1",
                "127.0.0.1]",
                "\"me\"",
                "a,b",
                "me;",
                "a\\b",
                "\u00e4"
            })
    void malformedNameIsRefused(String name) {
        SmtpRefusal refusal = assertThrows(SmtpRefusal.class, () -> ask("EHLO " + name));
        assertEquals("501", refusal.reply().substring(0, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE=1000, 250",
        "SIZE=00000000000000001000, 250",
        "SIZE=1001, 552",
        "SIZE=99999999999999999999, 552",
        "SIZE=999999999999999999999, 501",
        "SIZE=+1, 501",
        "SIZE=-1, 501",
        "SIZE=1.0, 501",
        "BODY=8bitmime, 250",
        "BODY=7BIT, 250",
        "BODY=BINARYMIME, 504",
        "SMTPUTF8, 250",
        "AUTH=<>, 555"
    })
    void valueOfEachParameterIsChecked(String parameter, String code) throws SmtpRefusal {
        ask("EHLO me");
        String reply;
        try {
            reply = ask("MAIL FROM:<a@b> " + parameter);
        } catch (SmtpRefusal e) {
            reply = e.reply();
        }
        assertEquals(code, reply.substring(0, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, true",
        "POST /x HTTP/1.0, true",
        "FOO / HTTP/1.1, true",
        "CONNECT mx:25 x, true",
        "GET, false",
        "HELP HTTP, false",
        "MAIL FROM:<a@b>, false",
        "NOOP HTTP/1.1x, false"
    })
    void httpRequestIsRecognized(String line, boolean http) {
        assertEquals(http, SmtpCommand.isHttp(ByteBuffer.wrap(line.getBytes(UTF_8))));
    }

    private String ask(String line) throws SmtpRefusal {
        return dialog.answer(SmtpCommand.parse(ByteBuffer.wrap(line.getBytes(UTF_8))));
    }
}
