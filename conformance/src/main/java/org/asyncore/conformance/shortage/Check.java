// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

/** Checks in programs that run without JUnit. */
final class Check {
    private Check() {}

    /** Throws, which ends the program with a status, unless the condition is true. */
    static void that(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    /** Checks that a message says this. */
    static void says(Throwable failure, String text) {
        that(
                String.valueOf(failure.getMessage()).contains(text),
                "the message does not say '" + text + "': " + failure);
    }
}
