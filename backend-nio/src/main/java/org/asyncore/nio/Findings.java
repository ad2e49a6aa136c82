// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.nio.channels.SelectionKey;
import java.util.Arrays;
import java.util.function.Consumer;

/** The registrations that a poll has found ready, until they are delivered. */
final class Findings implements Consumer<SelectionKey> {
    private NioRegistration[] found = new NioRegistration[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Called by the selector with each key it selects. */
    @Override
    public void accept(SelectionKey key) {
        add((NioRegistration) key.attachment(), key.readyOps());
    }

    void add(NioRegistration registration, int readyOps) {
        if (!registration.find(readyOps)) {
            return;
        }
        if (size == found.length) {
            found = Arrays.copyOf(found, 2 * size);
        }
        found[size++] = registration;
    }

    /**
     * Ends the connection attempts among them, which no handler has asked for.
     *
     * @return whether a connection came to stand
     */
    boolean settle() {
        boolean connected = false;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            NioRegistration registration = found[i];
            if (registration.isConnecting()) {
                connected |= registration.settle();
            } else {
                found[kept++] = registration;
            }
        }
        size = kept;
        return connected;
    }

    /**
     * Calls the handlers. If one throws, the others wait for the next poll, which finds them again.
     *
     * @return how many were called
     */
    int deliver() {
        int reports = 0;
        try {
            for (int i = 0; i < size; i++) {
                if (found[i].report()) {
                    reports++;
                }
            }
        } finally {
            clear();
        }
        return reports;
    }

    private void clear() {
        for (int i = 0; i < size; i++) {
            found[i].drop();
        }
        Arrays.fill(found, 0, size, null);
        size = 0;
    }
}
