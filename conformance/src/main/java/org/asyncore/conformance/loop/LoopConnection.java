// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.asyncore.channels.StreamChannel;

/** A backend's channel and the JDK's blocking one at the other end. */
record LoopConnection(StreamChannel channel, SocketChannel peer) {
    /** The peer sends a text. */
    void send(String text) throws IOException {
        ByteBuffer bytes = ISO_8859_1.encode(text);
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    /** The peer receives so many bytes, or fewer if the stream ends before. */
    String receive(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        int n = 0;
        while (buffer.hasRemaining() && n >= 0) {
            n = peer.read(buffer);
        }
        return ISO_8859_1.decode(buffer.flip()).toString();
    }

    /** The peer sends a byte. */
    void send() throws IOException {
        peer.write(ByteBuffer.wrap(new byte[] {'x'}));
    }
}
