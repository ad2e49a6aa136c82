// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static javax.net.ssl.StandardConstants.SNI_HOST_NAME;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The server name that a client asks for in its ClientHello. JSSE reports a name only if the standards allow it as a
 * host name, but some names have an underscore or a dot at their end, such as those of container tools. A server's
 * engine carries the name in its parameters, where JSSE does not use it and {@link NamedKeys} finds it.
 */
final class ServerName extends SNIServerName {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0; // the extension

    private ServerName(byte[] name) {
        super(SNI_HOST_NAME, name);
    }

    /** Finds the name in the first records that a server received, and sets it in the engine's parameters. */
    static void note(ByteBuffer records, SSLEngine engine) {
        byte[] name = in(records.duplicate());
        if (name != null && name.length > 0) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new ServerName(name)));
            engine.setSSLParameters(parameters);
        }
    }

    /** Returns the name that an engine carries, in lower case and without a dot at its end; or null. */
    static @Nullable String of(SSLEngine engine) {
        List<SNIServerName> names = engine.getSSLParameters().getServerNames();
        if (names == null || names.isEmpty()) {
            return null;
        }
        return HostNames.plain(new String(names.get(0).getEncoded(), ISO_8859_1));
    }

    /** Returns the name in a ClientHello; null if there is none, or if the first record does not hold all of it. */
    private static byte @Nullable [] in(ByteBuffer records) {
        try {
            if (records.get() != HANDSHAKE) {
                return null;
            }
            ByteBuffer hello = part(records.position(records.position() + 2));
            if (hello.get() != CLIENT_HELLO) {
                return null;
            }
            skip(hello, 3 + VERSION_AND_RANDOM);
            skip(hello, hello.get() & 0xff); // session
            skip(hello, hello.getShort() & 0xffff); // ciphers
            skip(hello, hello.get() & 0xff); // compressions
            return inExtensions(part(hello));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null; // malformed, or in pieces, which the engine finds out itself
        }
    }

    private static byte @Nullable [] inExtensions(ByteBuffer extensions) {
        while (extensions.hasRemaining()) {
            int type = extensions.getShort() & 0xffff;
            ByteBuffer content = part(extensions);
            if (type == SERVER_NAME) {
                return inNames(part(content));
            }
        }
        return null;
    }

    private static byte @Nullable [] inNames(ByteBuffer names) {
        while (names.hasRemaining()) {
            int type = names.get();
            ByteBuffer name = part(names);
            if (type == SNI_HOST_NAME) {
                byte[] bytes = new byte[name.remaining()];
                name.get(bytes);
                return bytes;
            }
        }
        return null;
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }

    /** Reads a part that begins with its length, of two bytes. */
    private static ByteBuffer part(ByteBuffer buffer) {
        int bytes = buffer.getShort() & 0xffff;
        ByteBuffer part = buffer.slice().limit(bytes);
        skip(buffer, bytes);
        return part;
    }
}
