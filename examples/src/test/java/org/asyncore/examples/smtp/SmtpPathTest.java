// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests addresses by RFC 5321 and RFC 6531. */
final class SmtpPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "a.b+c@d.e-f.g",
                "\"a b\"@c",
                "\"a\\\"b>c\"@d",
                "\"\"@d",
                "a@[127.0.0.1]",
                "a@[IPv6:::1]",
                "a@[ipv6:1:2:3:4:5:6:7:8]",
                "a@[IPv6:::ffff:1.2.3.4]",
                "\u00e4@\u00f6.example",
                "!#$%&'*+/=?^_`{|}~-@b",
            })
    void mailboxIsParsed(String address) throws SmtpRefusal {
        SmtpPath path = SmtpPath.parse("TO:", "to:<" + address + ">");
        assertEquals(address, path.address());
        assertTrue(path.isMailbox());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a@",
                "@b",
                "a@b@c",
                ".a@b",
                "a.@b",
                "a..b@c",
                "a@-b",
                "a@b-",
                "a@.b",
                "a@b.",
                "a@[b",
                "(a)@b",
                "a@[]",
                "a@[1.2.3]",
                "a@[1.2.3.4.5]",
                "a@[1.2.3.256]",
                "a@[1.2.3.4",
                "a@1.2.3.4]",
                "a@[::1]",
                "a@[IPv6:]",
                "a@[IPv6:1]",
                "a@[IPv6:1::2::3]",
                "a@[IPv6:1.2.3.4]",
                "a@[x:y]",
                "a@[IPv6:::1]b",
                "a@b,c@d",
                "a@@b",
                "a@b_c",
                "\"a\"b@c",
                "a\"b\"@c"
            })
    void malformedMailboxIsRecognized(String address) throws SmtpRefusal {
        assertFalse(SmtpPath.parse("TO:", "TO:<" + address + ">").isMailbox());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@b", "<a@b", "a@b>", "<a@b> >", "<a b@c>", "<<a@b>", "<a@b>SIZE=1", "FROM:<a@b>", "", "<\"a@b>"
            })
    void malformedPathIsRefused(String path) {
        SmtpRefusal refusal = assertThrows(
                SmtpRefusal.class, () -> SmtpPath.parse("TO:", "TO:" + path).parameters());
        assertEquals("501", refusal.reply().substring(0, 3));
    }

    @ParameterizedTest
    @CsvSource({"64,189,true", "65,10,false", "10,300,false"})
    void lengthIsLimited(int local, int domain, boolean allowed) throws SmtpRefusal {
        String address = "a".repeat(local) + "@" + "b".repeat(domain);
        assertEquals(allowed, SmtpPath.parse("TO:", "TO:<" + address + ">").isMailbox());
    }

    @Test
    void routeIsIgnored() throws SmtpRefusal {
        assertEquals("c@d", SmtpPath.parse("TO:", "TO:<@a,@b.e:c@d>").address());
        assertEquals("c@d", SmtpPath.parse("TO:", "TO:<@a:c@d>").address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<@:c@d>", "<@a,:c@d>", "<@a,b:c@d>", "<a:c@d>", "<@a@b:c@d>", "<@-a:c@d>", "<@a:@b:c@d>", "<@a>"
            })
    void malformedRouteIsRefused(String path) {
        try {
            assertFalse(SmtpPath.parse("TO:", "TO:" + path).isMailbox());
        } catch (SmtpRefusal e) {
            assertEquals("501", e.reply().substring(0, 3));
        }
    }

    @Test
    void parametersAreParsed() throws SmtpRefusal {
        SmtpPath path = SmtpPath.parse("FROM:", "FROM:<>  size=7 SMTPUTF8");
        assertEquals("", path.address());
        assertEquals(Map.of("SIZE", "7", "SMTPUTF8", ""), path.parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1", "SIZE=", "SIZE==1", "-A=1", "SIZE=1 size=2"})
    void malformedParameterIsRefused(String parameters) {
        SmtpRefusal refusal = assertThrows(SmtpRefusal.class, () -> SmtpPath.parse("FROM:", "FROM:<> " + parameters));
        assertEquals("501", refusal.reply().substring(0, 3));
    }
}
