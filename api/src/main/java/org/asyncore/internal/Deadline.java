// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** An entry of a {@link DeadlineHeap}. */
abstract class Deadline {
    // The heap writes these.
    long keyNanos; // its place in the heap: never later than dueNanos()
    int index = -1; // in the heap, -1 when not pending

    /** Returns when it is due. It may become later while it is in the heap, which moves nothing there. */
    abstract long dueNanos();

    /** Returns its place among those of the same time; changes only in {@link #placed}. */
    abstract long keyOrder();

    /** Notes that the heap has given it the place of its {@link #dueNanos}. */
    void placed() {}
}
