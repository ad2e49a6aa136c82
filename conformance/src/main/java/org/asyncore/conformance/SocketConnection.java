// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.io.IOException;
import java.net.Socket;
import org.asyncore.channels.StreamChannel;

/** A backend's channel and the JDK's plain socket at the other end. */
record SocketConnection(StreamChannel channel, Socket peer) {
    /** The peer sends these bytes. */
    void send(String text) throws IOException {
        peer.getOutputStream().write(Bytes.of(text));
    }

    /** The peer ends the connection by RST. */
    void reset() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }
}
