// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is replied, and what is remembered for the mail. */
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
    void headerTellsTheEnvelopeAndTheProtocol(String hello, String parameters, boolean secure, String protocol)
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

    private String ask(String line) throws SmtpRefusal {
        return dialog.answer(SmtpCommand.parse(ByteBuffer.wrap(line.getBytes(UTF_8))));
    }
}
