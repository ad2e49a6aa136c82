// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.io.IOException;
import java.net.Socket;
import org.asyncore.channels.StreamChannel;

/** A backend's channel, and the JDK's plain socket at the other end. */
record SocketConnection(StreamChannel channel, Socket peer) {
    /** Sends these bytes from the peer. */
    void send(String text) throws IOException {
        peer.getOutputStream().write(Bytes.of(text));
    }

    /** Ends the connection by an RST from the peer. */
    void reset() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }
}
