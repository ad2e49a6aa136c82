// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/** When a loop asks its dispatchers {@link Dispatcher#readable readable} and {@link Dispatcher#writable writable}. */
public enum InterestPolicy {
    /** Every dispatcher on every turn, as asyncore does: exact, and as costly as there are dispatchers. */
    EVERY_TURN,

    /**
     * A dispatcher when it joined, after its own hook or its own sending and receiving, and after
     * {@link Loop#refresh}: as costly as there is activity. A program keeps the rule if whatever else changes an answer
     * calls {@code refresh}.
     */
    ON_CHANGE
}
