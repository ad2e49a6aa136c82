// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** The slots of the {@link SocketMap} that are ready: three sets, because a turn serves them one after another. */
final class ReadySlots {
    /** The events of a turn, in the order in which they are served, which is select's. */
    enum Event {
        READ,
        WRITE,
        URGENT
    }

    final ReadySet reads = new ReadySet();
    final ReadySet writes = new ReadySet();
    final ReadySet urgents = new ReadySet();

    ReadySet of(Event event) {
        return switch (event) {
            case READ -> reads;
            case WRITE -> writes;
            case URGENT -> urgents;
        };
    }

    void ensureCapacity(int slots) {
        reads.ensureCapacity(slots);
        writes.ensureCapacity(slots);
        urgents.ensureCapacity(slots);
    }

    /** Returns a slot that is ready to be read or written, or -1. */
    int first() {
        int slot = reads.peek();
        return slot >= 0 ? slot : writes.peek();
    }
}
