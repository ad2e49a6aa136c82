// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.util.EnumSet;
import java.util.Set;
import org.asyncore.conformance.BackendSource;
import org.asyncore.conformance.traces.ChatTracesContract;
import org.asyncore.conformance.traces.ConnectTracesContract;
import org.asyncore.conformance.traces.EndTracesContract;
import org.asyncore.conformance.traces.ErrorTracesContract;
import org.asyncore.conformance.traces.LinuxTracesContract;
import org.asyncore.conformance.traces.SeedTracesContract;
import org.asyncore.conformance.traces.TransferTracesContract;
import org.asyncore.conformance.traces.TurnTracesContract;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios recorded from CPython, over a backend with all faults that cut no connection and make no listener rest.
 * Their outcomes are compared, and not each event: data are whole, everything is closed, nothing is lost. {@link
 * NotUnderFaults} lists the scenarios that are left out.
 */
@ParameterizedClass(name = "seed {0}")
@MethodSource("org.asyncore.conformance.faults.FaultSeeds#all")
@ExtendWith(NotUnderFaults.class)
public abstract class TracesUnderFaults implements BackendSource, FaultSeeds.Player {
    private static final Set<Fault> FAULTS = EnumSet.allOf(Fault.class);

    static {
        FAULTS.removeIf(fault -> fault.cuts || fault == Fault.TOO_MANY_OPEN_FILES);
    }

    @Parameter
    long seed;

    /** Makes the contract, for the tests of a backend. */
    protected TracesUnderFaults() {}

    /** Returns true if the poller reports urgent data. */
    protected abstract boolean seesUrgentData();

    /** Returns the backend without faults. */
    protected abstract Backend below();

    @Override
    public final long seed() {
        return seed;
    }

    @Override
    public final Backend backend() {
        return FaultyBackend.atSystemSpeed(below(), FaultPlan.ofSeed(seed, FAULTS));
    }

    @Nested
    final class ChatTracesTest extends ChatTracesContract {}

    @Nested
    final class ConnectTracesTest extends ConnectTracesContract {}

    @Nested
    final class EndTracesTest extends EndTracesContract {}

    @Nested
    final class ErrorTracesTest extends ErrorTracesContract {}

    @Nested
    final class LinuxTracesTest extends LinuxTracesContract {
        @Override
        protected boolean seesUrgentData() {
            return TracesUnderFaults.this.seesUrgentData();
        }
    }

    @Nested
    final class SeedTracesTest extends SeedTracesContract {}

    @Nested
    final class TransferTracesTest extends TransferTracesContract {}

    @Nested
    final class TurnTracesTest extends TurnTracesContract {}
}
