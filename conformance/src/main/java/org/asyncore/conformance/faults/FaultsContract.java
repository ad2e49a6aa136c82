// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.SilencedLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract of a loop over a backend with faults: whatever happens, data are whole or the connection is reported as cut,
 * everything is closed, no task is lost, and {@code run()} ends.
 *
 * <p>The system property {@code asyncore.faults.seeds} sets how many seeds are played, and {@code asyncore.faults.seed}
 * plays one again.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
public abstract class FaultsContract {
    private static final int FIXED_SEEDS = 60;
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(8); // for random seeds, after the fixed ones

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @RegisterExtension
    final SilencedLog silenced = new SilencedLog();

    @TempDir
    Path directory;

    /** Makes the contract, for the tests of a backend. */
    protected FaultsContract() {}

    @BeforeEach
    void writeFile() throws IOException {
        byte[] content = new byte[20_000];
        new Random(0).nextBytes(content);
        Files.write(file(), content);
    }

    private Path file() {
        return directory.resolve("content");
    }

    private FaultySite site() {
        return new FaultySite(file(), directory.resolve("socket"), seesUrgentData());
    }

    /** Returns true if the poller reports urgent data. */
    protected boolean seesUrgentData() {
        return false;
    }

    @Test
    void outcomesHoldUnderTheFaultsOfEverySeed() throws Exception {
        Long one = Long.getLong("asyncore.faults.seed");
        Integer seeds = Integer.getInteger("asyncore.faults.seeds");
        if (one != null) {
            play(one);
        } else if (seeds != null) {
            playFixed(seeds);
        } else {
            playFixed(FIXED_SEEDS);
            playRandom();
        }
    }

    private void playFixed(int seeds) throws Exception {
        for (long seed = 1; seed <= seeds; seed++) {
            play(seed);
        }
    }

    private void playRandom() throws Exception {
        Random fresh = new Random();
        long end = System.nanoTime() + BUDGET_NANOS;
        while (System.nanoTime() - end < 0) {
            play(fresh.nextInt(Integer.MAX_VALUE));
        }
    }

    private void play(long seed) throws Exception {
        FaultPlan plan = FaultPlan.ofSeed(seed);
        List<String> complaints = FaultyWorld.run(backend.get(), plan, seed, site());
        if (!complaints.isEmpty()) {
            String name = backend.get().name();
            fail("seed " + seed + " on " + name + ": " + complaints + "\nfaults: " + plan + "\n"
                    + FaultSeeds.repeat(name, "*Conformance*#outcomesHoldUnderTheFaults*", seed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void outcomesHoldUnderEachFaultAlone(Fault fault) throws Exception {
        FaultPlan plan = new FaultPlan(0, EnumSet.of(fault));
        boolean mayBeMissing = fault == Fault.SPLIT_READINESS; // kqueue reports reading and writing apart anyway
        for (long seed = 0; seed < 3 || (plan.strikesOf(fault) == 0 && !mayBeMissing); seed++) {
            assertTrue(seed < 1_000, () -> fault + " never strikes");
            plan = new FaultPlan(seed, EnumSet.of(fault));
            assertEquals(List.of(), FaultyWorld.run(backend.get(), plan, seed, site()));
        }
    }

    @Test
    void nothingIsCutWithoutFaultsThatCut() throws Exception {
        EnumSet<Fault> harmless = EnumSet.allOf(Fault.class);
        harmless.removeIf(fault -> fault.cuts);
        for (long seed = 0; seed < 5; seed++) {
            FaultPlan plan = new FaultPlan(seed, harmless);
            assertEquals(List.of(), FaultyWorld.run(backend.get(), plan, seed, site()));
            assertEquals(0, plan.cuts(), plan::toString);
        }
    }
}
