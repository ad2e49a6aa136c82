// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Makes headers of the PROXY protocol, version 2. */
final class Headers {
    static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    private Headers() {}

    /** Returns a header. The length is the one of the rest, unless it is given. */
    static byte[] of(int versionAndCommand, int familyAndProtocol, byte[] rest) {
        return of(versionAndCommand, familyAndProtocol, rest.length, rest);
    }

    static byte[] of(int versionAndCommand, int familyAndProtocol, int length, byte[] rest) {
        return ByteBuffer.allocate(16 + rest.length)
                .put(SIGNATURE.getBytes(ISO_8859_1))
                .put((byte) versionAndCommand)
                .put((byte) familyAndProtocol)
                .putShort((short) length)
                .put(rest)
                .array();
    }

    /** Returns addresses and ports, of the given source and any destination, and this many more bytes. */
    static byte[] inet(String source, int port, int more) throws IOException {
        byte[] address = InetAddress.getByName(source).getAddress();
        return ByteBuffer.allocate(2 * address.length + 4 + more)
                .put(address)
                .put(new byte[address.length])
                .putShort((short) port)
                .array();
    }

    static byte[] unix(String source) {
        return ByteBuffer.allocate(216).put(source.getBytes(ISO_8859_1)).array();
    }
}
