// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;

/** A stream that reads and writes a random number of bytes at a time. */
final class ChoppedStream implements StreamLayer {
    private final StreamChannel transport;
    private final Random random;
    private final int mostBytes;

    ChoppedStream(StreamChannel transport, Random random, int mostBytes) {
        this.transport = transport;
        this.random = random;
        this.mostBytes = mostBytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = shorten(target);
        try {
            return transport.read(target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int limit = shorten(source);
        try {
            return transport.write(source);
        } finally {
            source.limit(limit);
        }
    }

    private int shorten(ByteBuffer buffer) {
        int limit = buffer.limit();
        buffer.limit(buffer.position() + Math.min(buffer.remaining(), 1 + random.nextInt(mostBytes)));
        return limit;
    }

    @Override
    public StreamChannel transport() {
        return transport;
    }

    @Override
    public Ops interest(Ops wanted) {
        return wanted;
    }

    @Override
    public boolean isReady(Ops wanted) {
        return false;
    }

    @Override
    public Ops advance(Ops ready) {
        return ready;
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return transport.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return transport.finishConnect();
    }

    @Override
    public boolean isConnected() {
        return transport.isConnected();
    }

    @Override
    public void shutdownOutput() throws IOException {
        transport.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return transport.isOpen();
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
