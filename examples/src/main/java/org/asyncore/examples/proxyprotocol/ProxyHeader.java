// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A header of the PROXY protocol, version 2: <a href="https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt">its
 * specification</a>, 2.2. Additional fields (TLVs) are not looked at.
 *
 * @param length the number of bytes behind the prefix
 * @param addressBytes the number of those that contain the addresses, or 0 if the real ones count: of a connection that
 *     is the proxy's own ({@code LOCAL}), or if the proxy does not know them ({@code UNSPEC})
 */
record ProxyHeader(int length, int addressBytes) {
    /** The bytes from the signature to the length. */
    static final int PREFIX_BYTES = 16;

    /** The most bytes of addresses, those of the Unix domain. */
    static final int MAX_ADDRESS_BYTES = 2 * 108;

    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII);
    private static final byte[] SIGNATURE_1 = "PROXY ".getBytes(US_ASCII);
    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int INET_BYTES = 12;
    private static final int INET6_BYTES = 36;

    /** Checks the bytes that were received, up to the position, as far as they belong to the signature. */
    static void checkSignature(ByteBuffer received) throws ProtocolException {
        if (!begins(received, SIGNATURE)) {
            throw new ProtocolException(
                    begins(received, SIGNATURE_1) && received.position() >= SIGNATURE_1.length
                            ? "its header of the PROXY protocol is of version 1, and only version 2 is understood"
                                    + " (HAProxy: send-proxy-v2)"
                            : "it sent no header of the PROXY protocol, version 2; with --proxy-protocol only proxies that"
                                    + " send one may connect (HAProxy: send-proxy-v2)");
        }
    }

    private static boolean begins(ByteBuffer received, byte[] signature) {
        int known = Math.min(received.position(), signature.length);
        return ByteBuffer.wrap(signature, 0, known).equals(received.slice(0, known));
    }

    /** Parses the first 16 bytes, whose signature was checked. */
    static ProxyHeader parse(ByteBuffer prefix) throws ProtocolException {
        int versionAndCommand = prefix.get(SIGNATURE.length);
        int command = versionAndCommand & 0xf;
        check(versionAndCommand >> 4 == VERSION, "a version other than 2");
        check(command == LOCAL || command == PROXY, "the unknown command " + command);
        int length = prefix.getShort(SIGNATURE.length + 2) & 0xffff;
        int addressBytes = command == LOCAL ? 0 : addressBytes(prefix.get(SIGNATURE.length + 1));
        check(addressBytes <= length, "only " + length + " bytes for its addresses");
        return new ProxyHeader(length, addressBytes);
    }

    private static int addressBytes(int familyAndProtocol) throws ProtocolException {
        int protocol = familyAndProtocol & 0xf;
        int bytes = switch (familyAndProtocol >> 4 & 0xf) {
            case 0 -> 0;
            case 1 -> INET_BYTES;
            case 2 -> INET6_BYTES;
            case 3 -> MAX_ADDRESS_BYTES;
            default -> -1;
        };
        check(bytes >= 0 && protocol <= 2, "the unknown family and protocol %02x".formatted(familyAndProtocol & 0xff));
        return protocol == 0 ? 0 : bytes;
    }

    private static void check(boolean right, String fault) throws ProtocolException {
        if (!right) {
            throw new ProtocolException("its header of the PROXY protocol has " + fault);
        }
    }

    /**
     * Returns the client's address, or null if the real one counts.
     *
     * @param header the whole header, without its additional fields
     */
    @Nullable
    SocketAddress source(ByteBuffer header) throws IOException {
        return switch (addressBytes) {
            case 0 -> null;
            case INET_BYTES -> inet(header, 4);
            case INET6_BYTES -> inet(header, 16);
            default -> unix(header);
        };
    }

    /** Reads the source of two addresses, whose ports are behind both. */
    private static InetSocketAddress inet(ByteBuffer header, int addressBytes) throws IOException {
        byte[] address = new byte[addressBytes];
        header.get(PREFIX_BYTES, address);
        int port = header.getShort(PREFIX_BYTES + 2 * addressBytes) & 0xffff;
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }

    /** Reads a path, which ends at a NUL, or a name of Linux's abstract namespace, which begins with one, unix(7). */
    private static UnixDomainSocketAddress unix(ByteBuffer header) throws ProtocolException {
        byte[] bytes = new byte[MAX_ADDRESS_BYTES / 2];
        header.get(PREFIX_BYTES, bytes);
        String text = new String(bytes, ISO_8859_1).replaceFirst("^\0(?=[^\0])", "@");
        int end = text.indexOf('\0');
        try {
            String path = end < 0 ? text : text.substring(0, end);
            return UnixDomainSocketAddress.of(Path.of(path.replaceAll("[^ -~]", "?")));
        } catch (InvalidPathException e) {
            throw (ProtocolException) new ProtocolException("its path is none here").initCause(e);
        }
    }
}
