// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.SilencedLog;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract that random programs have the same events as in CPython.
 *
 * <p>The system property {@code asyncore.programs} names a file with other programs than those of the repository, and
 * {@code asyncore.program} the seed of one of them.
 */
public abstract class RandomProgramsContract {
    private static final int SHOWN = 5;

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @RegisterExtension
    final SilencedLog silence = new SilencedLog();

    /** Makes the contract, for the tests of a backend. */
    protected RandomProgramsContract() {}

    @ParameterizedTest
    @EnumSource
    void programsRecordTheEventsOfCPython(InterestPolicy policy) throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux"), "the recorded events depend on the kernel of Linux");
        List<Program> programs = wanted();
        List<Long> differing = new ArrayList<>();
        StringBuilder shown = new StringBuilder();
        try (Barrier barrier = new Barrier()) {
            for (Program program : programs) {
                List<String> events = ProgramRun.play(program, backend.get(), policy, barrier);
                if (!events.equals(program.events())) {
                    differing.add(program.seed());
                    shown.append(differing.size() <= SHOWN ? ProgramDiff.of(program, events) : "");
                }
            }
        }
        assertTrue(
                differing.isEmpty(),
                () -> differing.size() + " of " + programs.size() + " programs differ on "
                        + backend.get().name() + ", " + policy + ", those of the seeds " + differing + shown);
    }

    private static List<Program> wanted() {
        Long seed = Long.getLong("asyncore.program");
        List<Program> programs = Program.corpus().stream()
                .filter(program -> seed == null || seed == program.seed())
                .toList();
        assertFalse(programs.isEmpty(), "no program has the seed of asyncore.program");
        return programs;
    }
}
