// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyHeaderTest {
    private static final int PROXY = 0x21;
    private static final int LOCAL = 0x20;
    private static final int TCP4 = 0x11;

    private static ByteBuffer received(byte[] bytes) {
        return ByteBuffer.wrap(bytes).position(bytes.length);
    }

    private static @Nullable SocketAddress source(byte[] header) throws IOException {
        ByteBuffer bytes = received(header);
        ProxyHeader.checkSignature(bytes);
        return ProxyHeader.parse(bytes).source(bytes);
    }

    // The signature.

    @Test
    void signatureIsRightUpToEachByte() {
        byte[] header = Headers.of(PROXY, TCP4, new byte[12]);
        for (int n = 0; n <= header.length; n++) {
            ByteBuffer part = ByteBuffer.wrap(header).position(n);
            assertDoesNotThrow(() -> ProxyHeader.checkSignature(part));
        }
    }

    @Test
    void otherByteIsNoticedAtEachPlaceOfTheSignature() {
        for (int i = 0; i < 12; i++) {
            byte[] header = Headers.of(PROXY, TCP4, new byte[12]);
            header[i] ^= 1;
            for (int n = 0; n <= i; n++) {
                ByteBuffer part = ByteBuffer.wrap(header).position(n);
                assertDoesNotThrow(() -> ProxyHeader.checkSignature(part));
            }
            ByteBuffer wrong = ByteBuffer.wrap(header).position(i + 1);
            assertThrows(ProtocolException.class, () -> ProxyHeader.checkSignature(wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "P", "POST / HTTP/1.1\r\n", "\u0016\u0003\u0001", "\r\n\r\n\r\n"})
    void messageAboutOtherProtocolSaysWhichPeersMayConnect(String bytes) {
        var thrown = assertThrows(
                ProtocolException.class, () -> ProxyHeader.checkSignature(received(bytes.getBytes(ISO_8859_1))));
        assertEquals(
                "it sent no header of the PROXY protocol, version 2; with --proxy-protocol only proxies that send one may"
                        + " connect (HAProxy: send-proxy-v2)",
                thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY ", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", "PROXY UNKNOWN\r\n"})
    void messageAboutVersion1SaysHowToSendVersion2(String bytes) {
        var thrown = assertThrows(
                ProtocolException.class, () -> ProxyHeader.checkSignature(received(bytes.getBytes(ISO_8859_1))));
        assertEquals(
                "its header of the PROXY protocol is of version 1, and only version 2 is understood"
                        + " (HAProxy: send-proxy-v2)",
                thrown.getMessage());
    }

    // The prefix: each value of each byte.

    @Test
    void onlyVersion2AndTwoCommandsAreRight() {
        for (int value = 0; value < 256; value++) {
            byte[] header = Headers.of(value, 0, new byte[0]);
            if (value == PROXY || value == LOCAL) {
                assertDoesNotThrow((Executable) () -> source(header));
            } else {
                assertThrows(ProtocolException.class, () -> source(header), () -> "" + (header[12] & 0xff));
            }
        }
    }

    @Test
    void onlyNamedFamiliesAndProtocolsAreRight() throws IOException {
        for (int value = 0; value < 256; value++) {
            int family = value >> 4;
            int protocol = value & 0xf;
            byte[] header = Headers.of(PROXY, value, new byte[216]);
            if (family > 3 || protocol > 2) {
                assertThrows(ProtocolException.class, () -> source(header), () -> "" + (header[13] & 0xff));
            } else {
                assertEquals(family == 0 || protocol == 0, source(header) == null, () -> "" + (header[13] & 0xff));
            }
        }
    }

    @Test
    void familyOfLocalConnectionIsIgnored() throws IOException {
        for (int value = 0; value < 256; value++) {
            assertNull(source(Headers.of(LOCAL, value, new byte[216])));
        }
    }

    @ParameterizedTest
    @CsvSource({"0x11,12", "0x12,12", "0x21,36", "0x22,36", "0x31,216", "0x32,216"})
    void lengthBelowTheAddressesIsWrong(int familyAndProtocol, int addressBytes) throws IOException {
        for (int length = 0; length < addressBytes; length++) {
            byte[] header = Headers.of(PROXY, familyAndProtocol, new byte[length]);
            assertThrows(ProtocolException.class, () -> source(header), "length " + length);
        }
        assertTrue(source(Headers.of(PROXY, familyAndProtocol, new byte[addressBytes])) != null);
    }

    @Test
    void lengthIsUnsigned() throws IOException {
        ProxyHeader header = ProxyHeader.parse(received(Headers.of(PROXY, TCP4, 0xffff, new byte[0])));
        assertEquals(0xffff, header.length());
        assertEquals(12, header.addressBytes());
    }

    // The addresses.

    @ParameterizedTest
    @CsvSource({
        "0x11, 192.0.2.7, 65535, /192.0.2.7:65535",
        "0x12, 255.255.255.255, 0, /255.255.255.255:0",
        "0x21, 2001:db8::1, 443, /[2001:db8:0:0:0:0:0:1]:443",
        "0x22, ff02::fb, 5353, /[ff02:0:0:0:0:0:0:fb]:5353",
    })
    void internetAddressIsTheSource(int familyAndProtocol, String source, int port, String address) throws IOException {
        byte[] addresses = Headers.inet(source, port, 7);
        assertEquals(address, String.valueOf(source(Headers.of(PROXY, familyAndProtocol, addresses))));
    }

    @Test
    void addressOfVersion4WithinVersion6IsOne() throws IOException {
        byte[] mapped = new byte[36];
        mapped[10] = mapped[11] = -1;
        mapped[12] = 10;
        assertEquals("/10.0.0.0:0", String.valueOf(source(Headers.of(PROXY, 0x21, mapped))));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its paths are others")
    void unixAddressIsThePath() throws IOException {
        assertEquals("/run/a b.sock", String.valueOf(source(Headers.of(PROXY, 0x31, Headers.unix("/run/a b.sock")))));
        assertEquals("@name", String.valueOf(source(Headers.of(PROXY, 0x31, Headers.unix("\0name\0more")))));
        assertEquals("", String.valueOf(source(Headers.of(PROXY, 0x31, Headers.unix("")))));
        assertEquals("/?[31m?", String.valueOf(source(Headers.of(PROXY, 0x31, Headers.unix("/\033[31m\377")))));
        String longest = "/" + "x".repeat(107);
        assertEquals(longest, String.valueOf(source(Headers.of(PROXY, 0x31, Headers.unix(longest)))));
    }
}
