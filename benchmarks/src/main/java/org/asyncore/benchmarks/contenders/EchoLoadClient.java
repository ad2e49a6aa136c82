// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The client of all echo benchmarks. It keeps one message under way on each connection and never sleeps: it takes the
 * connections in turn, and reads each until the reply is there. So a message costs it two system calls, no more than the
 * leanest server. If it has many connections, it receives and sends in bursts of a quarter of them. So the server has the
 * other messages to work on meanwhile, and finds several at each wait.
 */
public final class EchoLoadClient implements Closeable {
    public static final int LINE_BYTES = 64; // a message ends a line after each so many bytes, for servers of lines

    private static final int MAX_BURST = 16;

    private final SocketChannel[] connections;
    private final ByteBuffer message;
    private final ByteBuffer reply;
    private final int burst;
    private int next;

    public EchoLoadClient(InetSocketAddress server, EchoLoad load) throws IOException {
        connections = new SocketChannel[load.connections()];
        burst = Math.max(1, Math.min(MAX_BURST, load.connections() / 4));
        message = ByteBuffer.allocateDirect(load.bytes());
        for (int i = LINE_BYTES - 1; i < load.bytes(); i += LINE_BYTES) {
            message.put(i, (byte) '\n');
        }
        reply = ByteBuffer.allocateDirect(load.bytes());
        for (int i = 0; i < connections.length; i++) {
            connections[i] = SocketChannel.open(server);
            connections[i].setOption(StandardSocketOptions.TCP_NODELAY, true);
            connections[i].configureBlocking(false);
            send(i);
        }
    }

    /** Receives this many replies and sends as many messages, in bursts. */
    public void echo(int messages) throws IOException {
        for (int n = 0; n < messages; n += burst) {
            for (int i = 0; i < burst; i++) {
                receive((next + i) % connections.length);
            }
            for (int i = 0; i < burst; i++) {
                send(next);
                next = (next + 1) % connections.length;
            }
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
