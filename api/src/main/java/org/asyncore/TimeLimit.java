// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/**
 * A time limit of a dispatcher, see {@link ChannelDispatcher#setTimeLimit}.
 *
 * <p>Activity is what the dispatcher's own channel transfers: bytes that {@code recv} has received, datagrams, and bytes
 * that {@code send} has sent. Over a layer such as TLS these are the bytes of the dispatcher, and the layer's sending of
 * what it has taken; its handshake is no activity. What arrives while the dispatcher is not {@code readable} is no
 * activity either, because nothing is received.
 *
 * <p>All times are those of the loop's clock when the wait of a turn ends. So no limit is over because hooks took long:
 * what has arrived meanwhile is received first.
 */
public enum TimeLimit {
    /**
     * The time from {@code connect} until {@code handleConnect} has returned, with the resolving of a name and the
     * handshake of TLS.
     */
    CONNECT,
    /**
     * The time without received bytes, while connected. It also runs while the dispatcher is not {@code readable}. So
     * it finds a peer that is lost while nothing is polled for, but a dispatcher that stops reading on purpose for long
     * uses {@link #IDLE}.
     */
    READ_IDLE,
    /**
     * The time in which the system takes no bytes, while connected and while some wait to be sent: the last {@code send}
     * fell short, and the dispatcher is still {@code writable}; or a layer has unsent bytes.
     */
    WRITE_IDLE,
    /** The time without received or sent bytes, while connected. */
    IDLE,
    /**
     * The time from {@code connect} on; of an accepted connection, from {@code setTimeLimit} on. Activity does not
     * lengthen it.
     */
    TOTAL
}
