// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The input of a connection: the loop appends what it has received, and threads read it. */
final class ConnectionInput extends InputStream {
    final SharedBytes shared;

    private final Bridge bridge;
    private final ByteRing ring;

    // Guarded by the lock of the shared bytes:
    private boolean paused; // the loop does not receive, because the ring was full
    private boolean peerEnded;
    private boolean ended; // by the peer or by the program

    ConnectionInput(Bridge bridge) {
        this.bridge = bridge;
        shared = new SharedBytes(bridge, "the peer has sent nothing within the read timeout");
        ring = shared.ring;
    }

    // What threads call.

    @Override
    public int read() throws IOException {
        bridge.checkMayBlock();
        shared.lock();
        try {
            if (!awaitBytes()) {
                return -1;
            }
            int taken = ring.take();
            resume();
            return taken;
        } finally {
            shared.unlock();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        bridge.checkMayBlock();
        if (length == 0) {
            return 0;
        }
        shared.lock();
        try {
            if (!awaitBytes()) {
                return -1;
            }
            int taken = ring.take(target, offset, length);
            resume();
            return taken;
        } finally {
            shared.unlock();
        }
    }

    /** Returns true if there are bytes, false at the end of the input. */
    private boolean awaitBytes() throws IOException {
        for (long left = shared.timeoutNanos(); ; left = shared.await(left, 0)) {
            bridge.checkNotClosed();
            if (ring.size() > 0) {
                return true;
            }
            if (ended) {
                return false;
            }
            bridge.checkFailure();
        }
    }

    /** Lets the loop receive again when half of the ring is free, so that it does not do so for each byte. */
    private void resume() {
        if (paused && ring.size() <= ring.room()) {
            paused = false;
            bridge.refresh();
        }
    }

    @Override
    public int available() throws IOException {
        shared.lock();
        try {
            bridge.checkNotClosed();
            return ring.size();
        } finally {
            shared.unlock();
        }
    }

    /** Ends the input after the bytes that were received already. */
    void shutdown() {
        shared.lock();
        try {
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

    /** Returns true if the loop has to receive. After the program has closed it receives what it then drops. */
    boolean isWanted() {
        shared.lock();
        try {
            return !peerEnded && (bridge.isClosed() || (!ended && !paused));
        } finally {
            shared.unlock();
        }
    }

    /** Returns how many bytes may be received. Only the loop makes this less. */
    int room() {
        shared.lock();
        try {
            return bridge.isClosed() ? Integer.MAX_VALUE : ring.room();
        } finally {
            shared.unlock();
        }
    }

    /** Appends received bytes, or drops them after the end of the input. */
    void append(ByteBuffer received) {
        shared.lock();
        try {
            if (ended || bridge.isClosed()) {
                return;
            }
            ring.append(received);
            paused = ring.room() == 0;
            shared.signal();
        } finally {
            shared.unlock();
        }
    }

    /** Notes the end that the peer has sent. */
    void end() {
        shared.lock();
        try {
            peerEnded = true;
            ended = true;
            shared.signal();
        } finally {
            shared.unlock();
        }
    }
}
