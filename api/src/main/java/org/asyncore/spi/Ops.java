// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

/**
 * What a registration asks for, and what a poller reports: reading, writing, both or neither.
 *
 * <p>Accepting is reading and connecting is writing. Errors and hang-ups have no constant of their own: they count as
 * every operation asked for, and the next read, write or {@link org.asyncore.channels.StreamChannel#finishConnect finishConnect} tells which
 * it was.
 */
public enum Ops {
    /** Nothing: the channel stays registered and is not reported, not even when its peer hangs up. */
    NONE,
    /** Bytes, a connection, a datagram or the end of the stream can be taken. */
    READ,
    /** Bytes or a datagram can be sent, or a connection attempt has ended. */
    WRITE,
    /** Both {@link #READ} and {@link #WRITE}. */
    READ_WRITE;

    /**
     * The constant for these two questions.
     *
     * @param read whether {@link #READ} is contained
     * @param write whether {@link #WRITE} is contained
     */
    public static Ops of(boolean read, boolean write) {
        if (read) {
            return write ? READ_WRITE : READ;
        }
        return write ? WRITE : NONE;
    }

    /** Whether {@link #READ} is contained. */
    public boolean reads() {
        return this == READ || this == READ_WRITE;
    }

    /** Whether {@link #WRITE} is contained. */
    public boolean writes() {
        return this == WRITE || this == READ_WRITE;
    }
}
