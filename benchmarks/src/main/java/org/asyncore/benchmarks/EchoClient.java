// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Keeps one message under way on each of its connections, and never sleeps: it serves them in turn, looking again until
 * the reply is there. So it costs two system calls a message, no more than the leanest server, and wakes nobody but the
 * server.
 */
final class EchoClient implements Closeable {
    private final SocketChannel[] connections;
    private final ByteBuffer message;
    private final ByteBuffer reply;
    private int next;

    EchoClient(InetSocketAddress server, Load load) throws IOException {
        connections = new SocketChannel[load.connections()];
        message = ByteBuffer.allocateDirect(load.bytes());
        reply = ByteBuffer.allocateDirect(load.bytes());
        for (int i = 0; i < connections.length; i++) {
            connections[i] = SocketChannel.open(server);
            connections[i].setOption(StandardSocketOptions.TCP_NODELAY, true);
            connections[i].configureBlocking(false);
            send(i);
        }
    }

    /** Receives that many replies, each followed by the next message. */
    void echo(int messages) throws IOException {
        for (int n = 0; n < messages; n++) {
            receive(next);
            send(next);
            next = next + 1 < connections.length ? next + 1 : 0;
        }
    }

    private void send(int connection) throws IOException {
        message.clear().putInt(0, connection);
        while (message.hasRemaining()) {
            connections[connection].write(message);
        }
    }

    private void receive(int connection) throws IOException {
        reply.clear();
        while (reply.hasRemaining()) {
            if (connections[connection].read(reply) < 0) {
                throw new EOFException("the server closed connection " + connection);
            }
        }
        if (reply.getInt(0) != connection) {
            throw new IOException("connection " + connection + " received what was sent on " + reply.getInt(0));
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
