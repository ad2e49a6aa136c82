// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.Channel;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.asyncore.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * The dispatchers of a loop, each in a slot, in the order in which they joined. A slot that became free is used again
 * only after {@link #compact}, so within a turn a slot means one member or none: that is how the loop knows that a
 * dispatcher is still there.
 */
final class Members extends AbstractCollection<Dispatcher> {
    private final IdentityHashMap<Dispatcher, Member> entries = new IdentityHashMap<>();
    private @Nullable Member[] slots = new Member[64];
    private int end; // slots from here on have not been used since the last compact

    @Nullable
    Member at(int slot) {
        return slots[slot];
    }

    @Nullable
    Member of(Dispatcher dispatcher) {
        return entries.get(dispatcher);
    }

    /** One more than the highest slot in use. */
    int end() {
        return end;
    }

    void add(Member member) {
        if (entries.putIfAbsent(member.dispatcher, member) != null) {
            throw new IllegalStateException("already in this loop: " + member.dispatcher);
        }
        if (end == slots.length) {
            slots = Arrays.copyOf(slots, end * 2);
        }
        member.slot = end;
        slots[end++] = member;
    }

    /** Puts a member into the slot of another one of the same dispatcher. */
    void replace(Member old, Member member) {
        entries.put(old.dispatcher, member);
        slots[old.slot] = member;
        member.slot = old.slot;
        old.slot = -1;
    }

    void remove(Member member) {
        entries.remove(member.dispatcher);
        slots[member.slot] = null;
        member.slot = -1;
    }

    /** Returns whether a dispatcher is over this channel, or over a layer of it. The latest ones are looked at first. */
    boolean haveTaken(Channel channel) {
        for (int i = end - 1; i >= 0; i--) {
            Member member = slots[i];
            if (member != null && (member.channel == channel || member.polled() == channel)) {
                return true;
            }
        }
        return false;
    }

    /** Closes the gaps once they are many. Only between turns, when no slot number is in anybody's hands. */
    void compact() {
        if (end < 64 || end < entries.size() * 2) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < end; i++) {
            Member member = slots[i];
            if (member != null) {
                slots[i] = null;
                member.slot = kept;
                slots[kept++] = member;
            }
        }
        end = kept;
        if (slots.length > 64 && kept < slots.length / 4) {
            slots = Arrays.copyOf(slots, Math.max(64, slots.length / 2));
        }
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
                Member member = slots[next++];
                assert member != null;
                return member.dispatcher;
            }
        };
    }
}
