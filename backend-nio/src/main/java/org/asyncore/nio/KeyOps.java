// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import org.asyncore.spi.Ops;

/** Translates between {@link Ops} and the operation sets of {@link java.nio.channels.SelectionKey}. */
final class KeyOps {
    private static final int READING = OP_READ | OP_ACCEPT;
    private static final int WRITING = OP_WRITE | OP_CONNECT;

    private KeyOps() {}

    /** Returns the operations that this interest can mean for a channel with these valid operations. */
    static int of(Ops interest, int validOps) {
        int reading = interest.reads() ? READING : 0;
        int writing = interest.writes() ? WRITING : 0;
        return (reading | writing) & validOps;
    }

    /** Returns the part of the interest that these operations make ready. */
    static Ops reported(int keyOps, Ops interest) {
        boolean read = (keyOps & READING) != 0 && interest.reads();
        boolean write = (keyOps & WRITING) != 0 && interest.writes();
        return Ops.of(read, write);
    }
}
