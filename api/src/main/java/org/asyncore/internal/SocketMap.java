// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.Channel;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.asyncore.Dispatcher;
import org.asyncore.channels.WrappingChannel;
import org.jspecify.annotations.Nullable;

/**
 * The dispatchers of a loop in the order in which they joined, each in a slot: asyncore's {@code socket_map}. A slot
 * that has become free is used again only after {@link #compact}. So within a turn a slot number means one entry or
 * none, and shows if a dispatcher is still there.
 */
final class SocketMap extends AbstractCollection<Dispatcher> {
    private IdentityHashMap<Dispatcher, SocketMapEntry> entries = new IdentityHashMap<>(); // compact() replaces it
    private @Nullable SocketMapEntry[] slots = new SocketMapEntry[64];
    private int end; // slots from here on have not been used since the last compact

    @Nullable
    SocketMapEntry at(int slot) {
        return slots[slot];
    }

    @Nullable
    SocketMapEntry of(Dispatcher dispatcher) {
        return entries.get(dispatcher);
    }

    /** Returns one more than the highest slot in use. */
    int end() {
        return end;
    }

    void add(SocketMapEntry entry) {
        if (entries.putIfAbsent(entry.dispatcher, entry) != null) {
            throw new IllegalStateException("already in this loop: " + entry.dispatcher);
        }
        if (end == slots.length) {
            slots = Arrays.copyOf(slots, end * 2);
        }
        entry.slot = end;
        slots[end++] = entry;
    }

    /** Puts an entry into the slot of another one of the same dispatcher. */
    void replace(SocketMapEntry old, SocketMapEntry entry) {
        entries.put(old.dispatcher, entry);
        slots[old.slot] = entry;
        entry.slot = old.slot;
        old.slot = -1;
    }

    void remove(SocketMapEntry entry) {
        entries.remove(entry.dispatcher);
        slots[entry.slot] = null;
        entry.slot = -1;
    }

    /** Returns true if a dispatcher is over this channel, or over one that wraps it. Looks at the latest ones first. */
    boolean haveTaken(Channel channel) {
        Channel polled = WrappingChannel.polled(channel);
        for (int i = end - 1; i >= 0; i--) {
            SocketMapEntry entry = slots[i];
            if (entry != null && entry.polled() == polled) {
                return true;
            }
        }
        return false;
    }

    /**
     * Closes the gaps between slots once they are many. Called only between turns, because no slot number is in use
     * then.
     */
    void compact() {
        if (end < 64 || end < entries.size() * 2) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < end; i++) {
            SocketMapEntry entry = slots[i];
            if (entry != null) {
                slots[i] = null;
                entry.slot = kept;
                slots[kept++] = entry;
            }
        }
        end = kept;
        if (slots.length > 64 && kept < slots.length / 4) {
            trim();
        }
    }

    /** Gives memory back after a peak. */
    private void trim() {
        slots = Arrays.copyOf(slots, Math.max(64, 2 * end));
        IdentityHashMap<Dispatcher, SocketMapEntry> smaller = new IdentityHashMap<>(Math.max(32, end));
        smaller.putAll(entries);
        entries = smaller;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public boolean contains(@Nullable Object o) {
        return o != null && entries.containsKey(o);
    }

    @Override
    public Iterator<Dispatcher> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                while (next < end && slots[next] == null) {
                    next++;
                }
                return next < end;
            }

            @Override
            public Dispatcher next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                SocketMapEntry entry = slots[next++];
                assert entry != null;
                return entry.dispatcher;
            }
        };
    }
}
