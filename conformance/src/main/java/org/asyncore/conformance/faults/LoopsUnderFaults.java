// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.util.EnumSet;
import java.util.Set;
import org.asyncore.conformance.BackendSource;
import org.asyncore.conformance.loop.AwaitReadyContract;
import org.asyncore.conformance.loop.BlockingConnectionContract;
import org.asyncore.conformance.loop.BlockingServiceContract;
import org.asyncore.conformance.loop.CallbackContract;
import org.asyncore.conformance.loop.ChatContract;
import org.asyncore.conformance.loop.ChatOutputContract;
import org.asyncore.conformance.loop.ConnectEventContract;
import org.asyncore.conformance.loop.DatagramPeerContract;
import org.asyncore.conformance.loop.DirectCloseContract;
import org.asyncore.conformance.loop.EchoContract;
import org.asyncore.conformance.loop.FileContract;
import org.asyncore.conformance.loop.HangUpContract;
import org.asyncore.conformance.loop.InterruptContract;
import org.asyncore.conformance.loop.LayerContract;
import org.asyncore.conformance.loop.LingerContract;
import org.asyncore.conformance.loop.LogLevelContract;
import org.asyncore.conformance.loop.LoopContract;
import org.asyncore.conformance.loop.LoopGroupContract;
import org.asyncore.conformance.loop.LoopThreadContract;
import org.asyncore.conformance.loop.LossContract;
import org.asyncore.conformance.loop.LostPeerContract;
import org.asyncore.conformance.loop.OwnershipContract;
import org.asyncore.conformance.loop.ProducerContract;
import org.asyncore.conformance.loop.PythonSocketTestsContract;
import org.asyncore.conformance.loop.PythonTestsContract;
import org.asyncore.conformance.loop.ShutdownContract;
import org.asyncore.conformance.loop.SlowHookContract;
import org.asyncore.conformance.loop.SocketContract;
import org.asyncore.conformance.loop.StandardStreamContract;
import org.asyncore.conformance.loop.StatisticsContract;
import org.asyncore.conformance.loop.TimeLimitContract;
import org.asyncore.conformance.loop.UpgradeContract;
import org.asyncore.conformance.loop.WrappingContract;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contracts of loops over a backend with faults that do no harm: short reads and writes, readiness that comes in
 * parts, twice or out of order, slow connections. {@link NotUnderFaults} lists the tests that are left out.
 *
 * <p>Would-block, readiness that is not there and early wake-ups are not among the faults, because they make turns
 * without effect, and contracts count turns. {@link TracesUnderFaults} and {@link FaultsContract} have them.
 */
@ParameterizedClass(name = "seed {0}")
@MethodSource("org.asyncore.conformance.faults.FaultSeeds#all")
@ExtendWith(NotUnderFaults.class)
public abstract class LoopsUnderFaults implements BackendSource, FaultSeeds.Player {
    private static final Set<Fault> FAULTS = EnumSet.of(
            Fault.SHORT_READ,
            Fault.SHORT_WRITE,
            Fault.SPLIT_READINESS,
            Fault.REPEATED_READINESS,
            Fault.REORDERED_READINESS,
            Fault.SLOW_CONNECT,
            Fault.SLOW_ACCEPT);

    @Parameter
    long seed;

    /** Makes the contract, for the tests of a backend. */
    protected LoopsUnderFaults() {}

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
    final class AwaitReadyTest extends AwaitReadyContract {}

    @Nested
    final class BlockingConnectionTest extends BlockingConnectionContract {}

    @Nested
    final class BlockingServiceTest extends BlockingServiceContract {}

    @Nested
    final class CallbackTest extends CallbackContract {}

    @Nested
    final class ChatTest extends ChatContract {}

    @Nested
    final class ChatOutputTest extends ChatOutputContract {}

    @Nested
    final class ConnectEventTest extends ConnectEventContract {}

    @Nested
    final class DatagramPeerTest extends DatagramPeerContract {}

    @Nested
    final class DirectCloseTest extends DirectCloseContract {}

    @Nested
    final class EchoTest extends EchoContract {}

    @Nested
    final class FileTest extends FileContract {}

    @Nested
    final class HangUpTest extends HangUpContract {}

    @Nested
    final class InterruptTest extends InterruptContract {}

    @Nested
    final class LayerTest extends LayerContract {}

    @Nested
    final class LingerTest extends LingerContract {}

    @Nested
    final class LogLevelTest extends LogLevelContract {}

    @Nested
    final class LoopTest extends LoopContract {}

    @Nested
    final class LoopGroupTest extends LoopGroupContract {}

    @Nested
    final class LoopThreadTest extends LoopThreadContract {}

    @Nested
    final class LossTest extends LossContract {}

    @Nested
    final class LostPeerTest extends LostPeerContract {}

    @Nested
    final class OwnershipTest extends OwnershipContract {}

    @Nested
    final class ProducerTest extends ProducerContract {}

    @Nested
    final class PythonSocketTestsTest extends PythonSocketTestsContract {}

    @Nested
    final class PythonTestsTest extends PythonTestsContract {}

    @Nested
    final class ShutdownTest extends ShutdownContract {}

    @Nested
    final class SlowHookTest extends SlowHookContract {}

    @Nested
    final class SocketTest extends SocketContract {}

    @Nested
    final class StandardStreamTest extends StandardStreamContract {}

    @Nested
    final class StatisticsTest extends StatisticsContract {}

    @Nested
    final class TimeLimitTest extends TimeLimitContract {}

    @Nested
    final class UpgradeTest extends UpgradeContract {}

    @Nested
    final class WrappingTest extends WrappingContract {}
}
