// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class HostPortTest {
    private final HostPort.Converter converter = new HostPort.Converter();

    @Test
    void hostIsNameOrAddress() {
        assertEquals(new HostPort("example.org", 25), converter.convert("example.org:25"));
        assertEquals(new HostPort("127.0.0.1", 65535), converter.convert("127.0.0.1:65535"));
        assertEquals(new HostPort("::1", 80), converter.convert("[::1]:80"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":80",
                "host:0",
                "host:65536",
                "host:-1",
                "host:http",
                "::1:80",
                "a b:80",
                "host:80/path",
                "user@host:80"
            })
    void malformedAddressIsNamed(String text) {
        TypeConversionException e = assertThrows(TypeConversionException.class, () -> converter.convert(text));
        assertTrue(e.toString().contains("'" + text + "'"), e::toString);
    }
}
