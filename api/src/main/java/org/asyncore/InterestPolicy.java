// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/**
 * Decides when a loop asks its dispatchers {@link Dispatcher#readable readable} and
 * {@link Dispatcher#writable writable}.
 */
public enum InterestPolicy {
    /**
     * Asks every dispatcher on every turn, as asyncore does. It is always exact, and its cost grows with the number of
     * dispatchers.
     */
    EVERY_TURN,

    /**
     * Asks a dispatcher after it has joined, after its own hook or its own sending and receiving, and after
     * {@link Loop#refresh}. Its cost grows with activity. A program has to call {@code refresh} where an answer changes
     * for any other reason.
     */
    ON_CHANGE
}
