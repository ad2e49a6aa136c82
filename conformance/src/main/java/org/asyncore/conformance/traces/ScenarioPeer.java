// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A plain blocking socket that the driver controls. */
record ScenarioPeer(Socket socket) implements Closeable {
    private static final int PATIENCE_MILLIS = 30_000;

    ScenarioPeer {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    void sendUrgent(char data) throws IOException {
        socket.sendUrgentData(data);
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Receives this many bytes, or fewer if the stream ends or breaks before. */
    String receive(int bytes) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[65536];
        try {
            InputStream in = socket.getInputStream();
            while (text.length() < bytes) {
                int n = in.read(buffer, 0, Math.min(buffer.length, bytes - text.length()));
                if (n < 0) {
                    break;
                }
                text.append(new String(buffer, 0, n, ISO_8859_1));
            }
        } catch (IOException e) {
            return text.toString(); // the bytes before the reset
        }
        return text.toString();
    }

    String receiveAll() {
        return receive(Integer.MAX_VALUE);
    }

    /** Closes the socket by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
