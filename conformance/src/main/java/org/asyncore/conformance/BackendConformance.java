// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import org.asyncore.conformance.faults.FaultsContract;
import org.asyncore.conformance.faults.LoopsUnderFaults;
import org.asyncore.conformance.faults.TracesUnderFaults;
import org.asyncore.conformance.loop.AwaitReadyContract;
import org.asyncore.conformance.loop.BlockingConnectionContract;
import org.asyncore.conformance.loop.BlockingServiceContract;
import org.asyncore.conformance.loop.CallbackContract;
import org.asyncore.conformance.loop.ChatContract;
import org.asyncore.conformance.loop.ChatOutputContract;
import org.asyncore.conformance.loop.ConnectByNameContract;
import org.asyncore.conformance.loop.ConnectEventContract;
import org.asyncore.conformance.loop.ConnectRaceContract;
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
import org.asyncore.conformance.programs.RandomProgramsContract;
import org.asyncore.conformance.shortage.ShortageContract;
import org.asyncore.conformance.soak.KilledClientsContract;
import org.asyncore.conformance.soak.SoakContract;
import org.asyncore.conformance.states.StatesContract;
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

/**
 * All contracts that a backend must keep, each as a nested class. A backend's tests extend this class once. If the
 * backend cannot run here, its tests are skipped, see {@link Pollers}.
 */
public abstract class BackendConformance implements BackendSource {
    /** Makes the contract, for the tests of a backend. */
    protected BackendConformance() {}

    /** Returns true if the poller reports urgent data, as only epoll does. */
    protected boolean seesUrgentData() {
        return false;
    }

    // Pollers and channels.

    @Nested
    final class ConnectTest extends ConnectContract {}

    @Nested
    final class DatagramChannelTest extends DatagramChannelContract {}

    @Nested
    final class DescriptorChannelTest extends DescriptorChannelContract {}

    @Nested
    final class LeakTest extends LeakContract {}

    @Nested
    final class LimitTest extends LimitContract {}

    @Nested
    final class PollerTest extends PollerContract {}

    @Nested
    final class RegistrationTest extends RegistrationContract {}

    @Nested
    final class ServerChannelTest extends ServerChannelContract {}

    @Nested
    final class StreamChannelTest extends StreamChannelContract {}

    @Nested
    final class UnixChannelTest extends UnixChannelContract {}

    @Nested
    final class WakeupTest extends WakeupContract {}

    // Loops and dispatchers.

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
    final class DirectCloseTest extends DirectCloseContract {}

    @Nested
    final class ConnectByNameTest extends ConnectByNameContract {}

    @Nested
    final class ConnectEventTest extends ConnectEventContract {}

    @Nested
    final class ConnectRaceTest extends ConnectRaceContract {}

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
    final class DatagramPeerTest extends DatagramPeerContract {}

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

    // Operations in each state.

    @Nested
    final class StatesTest extends StatesContract {}

    // Loops while the system runs out of something.

    @Nested
    final class ShortageTest extends ShortageContract {}

    // Random programs over a backend with faults.

    @Nested
    final class FaultsTest extends FaultsContract {
        @Override
        protected boolean seesUrgentData() {
            return BackendConformance.this.seesUrgentData();
        }
    }

    @Nested
    final class LoopsUnderFaultsTest extends LoopsUnderFaults {
        @Override
        protected Backend below() {
            return BackendConformance.this.backend();
        }
    }

    @Nested
    final class TracesUnderFaultsTest extends TracesUnderFaults {
        @Override
        protected Backend below() {
            return BackendConformance.this.backend();
        }

        @Override
        protected boolean seesUrgentData() {
            return BackendConformance.this.seesUrgentData();
        }
    }

    // Thousands of connections.

    @Nested
    final class KilledClientsTest extends KilledClientsContract {}

    @Nested
    final class SoakTest extends SoakContract {}

    // Scenarios recorded from CPython.

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
            return BackendConformance.this.seesUrgentData();
        }
    }

    @Nested
    final class SeedTracesTest extends SeedTracesContract {}

    @Nested
    final class TransferTracesTest extends TransferTracesContract {}

    @Nested
    final class TurnTracesTest extends TurnTracesContract {}

    // Random programs recorded from CPython.

    @Nested
    final class RandomProgramsTest extends RandomProgramsContract {}
}
