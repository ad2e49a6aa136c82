// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.asyncore.channels.StreamChannel;

/** A backend's channel, and a blocking channel of the JDK at the other end. */
record LoopConnection(StreamChannel channel, SocketChannel peer) {
    /** Sends a text from the peer. */
    void send(String text) throws IOException {
        ByteBuffer bytes = ISO_8859_1.encode(text);
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    /** Receives this many bytes at the peer, or fewer if the stream ends before. */
    String receive(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        int n = 0;
        while (buffer.hasRemaining() && n >= 0) {
            n = peer.read(buffer);
        }
        return ISO_8859_1.decode(buffer.flip()).toString();
    }

    /** Sends a byte from the peer. */
    void send() throws IOException {
        peer.write(ByteBuffer.wrap(new byte[] {'x'}));
    }
}
