// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

/**
 * The operations that a registration waits for and a poller reports: reading, writing, both or neither.
 *
 * <p>Accepting counts as reading, and connecting as writing. Errors and hang-ups have no constant of their own: they
 * are reported as every operation asked for, and the next read, write or
 * {@link org.asyncore.channels.StreamChannel#finishConnect finishConnect} shows which it was.
 */
public enum Ops {
    /** Nothing: the channel stays registered and is not reported, not even when its peer hangs up. */
    NONE,
    /** Bytes, a connection, a datagram or the end of the stream can be received. */
    READ,
    /** Bytes or a datagram can be sent, or a connection attempt has ended. */
    WRITE,
    /** Both {@link #READ} and {@link #WRITE}. */
    READ_WRITE;

    /**
     * Returns the constant that contains these operations.
     *
     * @param read true if {@link #READ} is contained
     * @param write true if {@link #WRITE} is contained
     */
    public static Ops of(boolean read, boolean write) {
        if (read) {
            return write ? READ_WRITE : READ;
        }
        return write ? WRITE : NONE;
    }

    /** Returns true if {@link #READ} is contained. */
    public boolean reads() {
        return this == READ || this == READ_WRITE;
    }

    /** Returns true if {@link #WRITE} is contained. */
    public boolean writes() {
        return this == WRITE || this == READ_WRITE;
    }
}
