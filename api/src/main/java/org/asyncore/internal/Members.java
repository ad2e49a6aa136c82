// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.asyncore.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * The dispatchers of a loop, each in a slot, in the order in which they joined. A slot that became free is used again
 * only after {@link #compact}, so within a turn a slot means one binding or none: that is how the loop knows that a
 * dispatcher is still there.
 */
final class Members extends AbstractCollection<Dispatcher> {
    private final IdentityHashMap<Dispatcher, Binding> bindings = new IdentityHashMap<>();
    private @Nullable Binding[] slots = new Binding[64];
    private int end; // slots from here on have not been used since the last compact

    @Nullable
    Binding at(int slot) {
        return slots[slot];
    }

    @Nullable
    Binding of(Dispatcher dispatcher) {
        return bindings.get(dispatcher);
    }

    /** One more than the highest slot in use. */
    int end() {
        return end;
    }

    void add(Binding binding) {
        if (bindings.putIfAbsent(binding.dispatcher, binding) != null) {
            throw new IllegalStateException("already in this loop: " + binding.dispatcher);
        }
        if (end == slots.length) {
            slots = Arrays.copyOf(slots, end * 2);
        }
        binding.slot = end;
        slots[end++] = binding;
    }

    void remove(Binding binding) {
        bindings.remove(binding.dispatcher);
        slots[binding.slot] = null;
        binding.slot = -1;
    }

    /** Closes the gaps once they are many. Only between turns, when no slot number is in anybody's hands. */
    void compact() {
        if (end < 64 || end < bindings.size() * 2) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < end; i++) {
            Binding binding = slots[i];
            if (binding != null) {
                slots[i] = null;
                binding.slot = kept;
                slots[kept++] = binding;
            }
        }
        end = kept;
        if (slots.length > 64 && kept < slots.length / 4) {
            slots = Arrays.copyOf(slots, Math.max(64, slots.length / 2));
        }
    }

    @Override
    public int size() {
        return bindings.size();
    }

    @Override
    public boolean contains(@Nullable Object o) {
        return o != null && bindings.containsKey(o);
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
                Binding binding = slots[next++];
                assert binding != null;
                return binding.dispatcher;
            }
        };
    }
}
