// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each alternative of the grammar of RFC 3986, section 3.2.2. */
final class HttpAuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, -1",
        "EXAMPLE.org., EXAMPLE.org., -1",
        "my_host:80, my_host, 80",
        "a-b~c!$&'(d)*+;=, a-b~c!$&'(d)*+;=, -1",
        "%c3%A4.example, %c3%A4.example, -1",
        "host:, host, -1",
        "host:0, host, 0",
        "host:00080, host, 80",
        "host:65535, host, 65535",
        "127.0.0.1:8080, 127.0.0.1, 8080",
        "999.1.1.1, 999.1.1.1, -1",
        "[::], [::], -1",
        "[::1]:8080, [::1], 8080",
        "[::1]:, [::1], -1",
        "[1:2:3:4:5:6:7:8], [1:2:3:4:5:6:7:8], -1",
        "[1:2:3:4:5:6:7::], [1:2:3:4:5:6:7::], -1",
        "[::2:3:4:5:6:7:8], [::2:3:4:5:6:7:8], -1",
        "[1::8], [1::8], -1",
        "[1:2:3:4:5:6:1.2.3.4], [1:2:3:4:5:6:1.2.3.4], -1",
        "[::1.2.3.4], [::1.2.3.4], -1",
        "[fe80::ffff:1.2.3.4], [fe80::ffff:1.2.3.4], -1",
        "[v1.a:b], [v1.a:b], -1",
        "'', '', -1"
    })
    void hostAndPortAreParsed(String text, String host, int port) {
        assertEquals(new HttpAuthority(host, port), HttpAuthority.parse(text));
    }

    @Test
    void addressOfManyGroupsIsRefused() {
        assertNull(HttpAuthority.parse("[" + "1:".repeat(100_000) + "1]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "a\\b",
                "a?b",
                "a#b",
                "<x>",
                "\"x\"",
                "x^y",
                "x|y",
                "{x}",
                "u@x",
                "u:p@x",
                "\u00e4",
                "x\u007f",
                "%",
                "%z",
                "%zz",
                "x%4",
                ":",
                ":80",
                "x:port",
                "x:8 0",
                "x:-1",
                "x:+1",
                "x:65536",
                "x:99999999999",
                "x:1:2",
                "::1",
                "[::1",
                "::1]",
                "[]",
                "[x]",
                "[::1]x",
                "x[::1]",
                "[::1]80",
                "[:::]",
                "[1::2::3]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7:8::]",
                "[12345::]",
                "[1:2:3:4:5:6:7:]",
                "[:1:2:3:4:5:6:7]",
                "[1.2.3.4]",
                "[1.2.3.4::]",
                "[::256.1.1.1]",
                "[::1.2.3]",
                "[::01.2.3.4]",
                "[::%eth0]",
                "[::%25eth0]",
                "[v1]",
                "[v.a]",
                "[vg.a]",
                "[v1.]"
            })
    void malformedHostIsRefused(String text) {
        assertNull(HttpAuthority.parse(text));
    }
}
