// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The faults of one seed: decides by random numbers when each one strikes, and counts. May be used by any thread. */
public final class FaultPlan {
    private final Random random;
    private final Set<Fault> faults;
    private final Map<Fault, Integer> strikes = new EnumMap<>(Fault.class);

    /** Makes a plan of these kinds of faults. */
    public FaultPlan(long seed, Set<Fault> faults) {
        this.random = new Random(seed);
        this.faults = Set.copyOf(faults);
    }

    /** Makes a plan of about half of all kinds of faults, chosen by the seed. */
    public static FaultPlan ofSeed(long seed) {
        return ofSeed(seed, EnumSet.allOf(Fault.class));
    }

    /** Makes a plan of about half of these kinds of faults, chosen by the seed. */
    static FaultPlan ofSeed(long seed, Set<Fault> among) {
        Random choice = new Random(~seed);
        Set<Fault> faults = EnumSet.copyOf(among);
        faults.removeIf(fault -> choice.nextBoolean());
        return new FaultPlan(seed, faults);
    }

    /** Returns true if the fault strikes now. */
    synchronized boolean strikes(Fault fault) {
        boolean strikes = faults.contains(fault) && random.nextInt(1000) < fault.perMille;
        if (strikes) {
            this.strikes.merge(fault, 1, Integer::sum);
        }
        return strikes;
    }

    /** Returns a random number from 1 to the given one. */
    synchronized int from1To(int most) {
        return 1 + random.nextInt(most);
    }

    synchronized boolean flip() {
        return random.nextBoolean();
    }

    synchronized void shuffle(List<?> list) {
        Collections.shuffle(list, random);
    }

    /** Returns how often a fault has struck. */
    public synchronized int strikesOf(Fault fault) {
        return strikes.getOrDefault(fault, 0);
    }

    /** Returns how many connections faults have cut off, at most. */
    public synchronized int cuts() {
        return strikes.entrySet().stream()
                .filter(entry -> entry.getKey().cuts)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public synchronized String toString() {
        return faults + ", struck " + strikes;
    }
}
