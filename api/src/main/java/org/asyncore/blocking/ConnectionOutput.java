// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** The output of a connection: threads write bytes, and the loop sends them. */
final class ConnectionOutput extends OutputStream {
    final SharedBytes shared;

    private final Bridge bridge;
    private final ByteRing ring;
    private final ReentrantLock turn = new ReentrantLock(); // held during a write, so that writes do not mix

    private final byte[] single = new byte[1]; // guarded by the turn

    // Guarded by the lock of the shared bytes:
    private long written; // bytes that were ever put into the ring
    private long delivered; // bytes that the system has taken, after a layer such as TLS
    private boolean noted; // the loop knows that there is something to send
    private boolean ended;

    ConnectionOutput(Bridge bridge) {
        this.bridge = bridge;
        shared = new SharedBytes(bridge, "the peer has received nothing within the write timeout");
        ring = shared.ring;
    }

    // What threads call.

    @Override
    public void write(int value) throws IOException {
        beginWrite();
        try {
            single[0] = (byte) value;
            writeAll(single, 0, 1);
        } finally {
            endWrite();
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        beginWrite();
        try {
            writeAll(source, offset, length);
        } finally {
            endWrite();
        }
    }

    private void beginWrite() throws IOException {
        bridge.checkMayBlock();
        try {
            if (!turn.tryLock()) { // an interrupted thread may write as long as it need not wait
                turn.lockInterruptibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an interrupt is kept
            InterruptedIOException interrupt =
                    new InterruptedIOException(bridge + ": this thread was interrupted while it waited to write");
            interrupt.initCause(e);
            throw bridge.thrown(interrupt);
        }
        shared.lock();
    }

    private void endWrite() {
        shared.unlock();
        turn.unlock();
    }

    private void writeAll(byte[] source, int offset, int length) throws IOException {
        checkWritable();
        for (int done = 0; done < length; ) {
            awaitRoom(done);
            int n = ring.append(source, offset + done, length - done);
            done += n;
            written += n;
            if (!noted) {
                noted = true;
                bridge.refresh();
            }
        }
    }

    /** Waits until there is room. The time begins again with each part of a write. */
    private void awaitRoom(int done) throws IOException {
        for (long left = shared.timeoutNanos(); ring.room() == 0; left = shared.await(left, done)) {
            checkWritable();
        }
        checkWritable();
    }

    private void checkWritable() throws IOException {
        bridge.checkNotClosed();
        bridge.checkFailure();
        if (ended) {
            throw bridge.thrown(new SocketException(bridge + ": the output was shut down, and takes no more bytes"));
        }
    }

    /** Waits until the system has taken all bytes that were written before. */
    @Override
    public void flush() throws IOException {
        bridge.checkMayBlock();
        shared.lock();
        try {
            long end = written;
            long last = delivered;
            for (long left = shared.timeoutNanos(); delivered < end; left = shared.await(left, 0)) {
                bridge.checkNotClosed();
                bridge.checkFailure();
                if (delivered > last) {
                    last = delivered;
                    left = shared.timeoutNanos();
                }
            }
        } finally {
            shared.unlock();
        }
    }

    /** Ends the output after the bytes that were written already. */
    void shutdown() throws IOException {
        shared.lock();
        try {
            bridge.checkNotClosed();
            bridge.checkFailure();
            ended = true;
            shared.signal();
        } finally {
            shared.unlock();
        }
        bridge.refresh();
    }

    /** Closes the connection. */
    @Override
    public void close() {
        bridge.end();
    }

    // What the loop calls.

    /** Returns true if there is something to send, or a layer such as TLS has not sent all yet. */
    boolean isPending() {
        shared.lock();
        try {
            noted = delivered < written;
            return noted;
        } finally {
            shared.unlock();
        }
    }

    /** Returns true if nothing can be written any more, except for what is pending. */
    boolean isEnded() {
        shared.lock();
        try {
            return ended;
        } finally {
            shared.unlock();
        }
    }

    /** Copies the bytes to send. They stay until they are {@link #sent}. */
    void copyTo(ByteBuffer target) {
        shared.lock();
        try {
            ring.copyTo(target);
        } finally {
            shared.unlock();
        }
    }

    /**
     * Drops the first bytes, because the channel has taken them.
     *
     * @param toSystem true if the channel holds none of them
     */
    void sent(int bytes, boolean toSystem) {
        shared.lock();
        try {
            ring.drop(bytes);
            if (toSystem) {
                delivered = written - ring.size();
            }
            shared.signal();
        } finally {
            shared.unlock();
        }
    }

    /** Drops the bytes that will never be sent, and returns their number. */
    int dropUnsent() {
        shared.lock();
        try {
            int unsent = ring.size();
            ring.drop(unsent);
            return unsent;
        } finally {
            shared.unlock();
        }
    }
}
