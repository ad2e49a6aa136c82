// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ReadySetTest {
    private static final int SLOTS = 300_000; // enough for several words in the summary

    private final ReadySet set = new ReadySet();

    private void add(int... slots) {
        for (int slot : slots) {
            set.add(slot);
        }
    }

    private void assertTaken(int... slots) {
        for (int slot : slots) {
            assertEquals(slot, set.take());
        }
        assertEquals(-1, set.take());
    }

    @Test
    void emptySetHasNoSlot() {
        assertEquals(-1, set.peek());
        assertTaken();
    }

    @Test
    void slotsAreTakenLowestFirst() {
        set.ensureCapacity(SLOTS);
        add(4096, 64, 0, SLOTS - 1, 63, 4095);
        assertTaken(0, 63, 64, 4095, 4096, SLOTS - 1);
    }

    @Test
    void slotThatIsAddedTwiceIsTakenOnce() {
        add(7, 7);
        assertTaken(7);
    }

    @Test
    void peekLeavesTheSlot() {
        add(9, 8);
        assertEquals(8, set.peek());
        assertEquals(8, set.peek());
        assertTaken(8, 9);
    }

    @Test
    void lowerSlotThatIsAddedAfterATakeIsTakenNext() {
        set.ensureCapacity(SLOTS);
        add(200_000, 250_000);
        assertEquals(200_000, set.take());
        add(3, 225_000);
        assertTaken(3, 225_000, 250_000);
    }

    @Test
    void slotsStayWhenTheCapacityGrows() {
        add(0, 4000);
        set.ensureCapacity(5000);
        add(4999);
        set.ensureCapacity(SLOTS);
        add(SLOTS - 1);
        assertTaken(0, 4000, 4999, SLOTS - 1);
    }

    @Test
    void randomAddsAndTakesFollowASortedSet() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeSet<Integer> model = new TreeSet<>();
        set.ensureCapacity(SLOTS);
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(5) < 3) {
                int slot = random.nextInt(random.nextBoolean() ? 500 : SLOTS);
                set.add(slot);
                model.add(slot);
            } else {
                Integer lowest = model.pollFirst();
                assertEquals(lowest == null ? -1 : lowest, set.take(), "step " + step + " of seed " + seed);
            }
        }
    }
}
