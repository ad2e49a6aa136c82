// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.asyncore.conformance.SilencedLog;
import org.asyncore.conformance.faults.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs over TLS, on a backend with faults.
 *
 * <p>The system property {@code asyncore.faults.seeds} sets how many seeds are played, and {@code asyncore.faults.seed}
 * plays one again.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class FaultsTest {
    private static final int FIXED_SEEDS = 30;

    private final PollerAndPolicy pollerAndPolicy;

    @RegisterExtension
    final SilencedLog silenced = new SilencedLog();

    FaultsTest(PollerAndPolicy pollerAndPolicy) {
        this.pollerAndPolicy = pollerAndPolicy;
        pollerAndPolicy.open().close(); // skips the test if it cannot run here
    }

    @Test
    void dataOverTlsAreWholeOrTheConnectionIsReportedAsCut() throws Exception {
        Long one = Long.getLong("asyncore.faults.seed");
        LongStream seeds = one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Integer.getInteger("asyncore.faults.seeds", FIXED_SEEDS));
        for (long seed : seeds.toArray()) {
            FaultPlan plan = FaultPlan.ofSeed(seed);
            assertEquals(
                    List.of(),
                    FaultyTlsWorld.run(pollerAndPolicy, plan, seed),
                    () -> "seed " + seed + " on " + pollerAndPolicy + ", faults: " + plan
                            + "\nto repeat it: mvn test -pl tls -am -Dtest=FaultsTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dasyncore.faults.seed=" + seed + "\n");
        }
    }
}
