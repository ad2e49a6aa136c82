// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.asyncore.spi.StreamChannel;

/** A backend's channel and the JDK's blocking one at the other end. */
record Connection(StreamChannel channel, SocketChannel peer) {
    /** The peer sends a byte. */
    void send() throws IOException {
        peer.write(ByteBuffer.wrap(new byte[] {'x'}));
    }
}
