// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract that neither a failed operation nor a closed resource keeps a descriptor open. */
@Timeout(120)
public abstract class LeakContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected LeakContract() {}

    private static final int TIMES = 1_000;
    private static final int TOLERANCE = OpenDescriptors.areExact() ? 0 : 100;

    /** An action that is repeated many times. */
    private interface Attempt {
        void run() throws IOException;
    }

    private void assertLeavesNothingOpen(Attempt attempt) throws IOException {
        attempt.run();
        fixture.poller().poll(0);
        long before = OpenDescriptors.count() + TOLERANCE;
        for (int i = 0; i < TIMES; i++) {
            attempt.run();
        }
        fixture.poller().poll(0);
        Deadline.await("the number of open descriptors is the same as before", () -> OpenDescriptors.count() <= before);
    }

    @Test
    void failedConnectionsLeaveNothingOpen() throws IOException {
        SocketAddress withoutListener;
        try (ServerSocket gone = new ServerSocket(0, 1, Loopback.v4().getAddress())) {
            withoutListener = gone.getLocalSocketAddress();
        }
        assertLeavesNothingOpen(() -> {
            try (StreamChannel channel = fixture.backend().openStream(StandardProtocolFamily.INET)) {
                assertThrows(IOException.class, () -> connect(channel, withoutListener));
            }
        });
    }

    private void connect(StreamChannel channel, SocketAddress remote) throws IOException {
        channel.connect(remote);
        RecordingRegistration registration = new RecordingRegistration(fixture.poller(), channel);
        try {
            registration.interest(Ops.READ_WRITE);
            fixture.expectReady(registration, Ops.WRITE);
            channel.finishConnect();
        } finally {
            registration.cancel();
        }
    }

    @Test
    void failedBindsLeaveNothingOpen() throws IOException {
        SocketAddress taken = fixture.server().getLocalAddress();
        assertLeavesNothingOpen(() -> {
            try (ServerChannel server = fixture.backend().openServer(StandardProtocolFamily.INET)) {
                assertThrows(BindException.class, () -> server.bind(taken, 1));
            }
        });
    }

    @Test
    void failedOpensLeaveNothingOpen() throws IOException {
        Path missing = Path.of("missing", "asyncore");
        ProtocolFamily unknown = () -> "unknown";
        assertLeavesNothingOpen(() -> {
            assertThrows(IOException.class, () -> fixture.backend().openPipe(missing, false));
            assertThrows(IOException.class, () -> fixture.backend().openPipe(missing, true));
            assertThrows(
                    UnsupportedOperationException.class, () -> fixture.backend().openStream(unknown));
            assertThrows(
                    UnsupportedOperationException.class, () -> fixture.backend().openServer(unknown));
            assertThrows(
                    UnsupportedOperationException.class, () -> fixture.backend().openDatagram(unknown));
        });
    }

    @Test
    void closedPollersLeaveNothingOpen() throws IOException {
        assertLeavesNothingOpen(() -> fixture.backend().openPoller().close());
    }

    @Test
    void closedChannelsLeaveNothingOpenAfterAPoll() throws IOException {
        ServerChannel server = fixture.server();
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        assertLeavesNothingOpen(() -> {
            try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
                StreamChannel accepted = fixture.accept(server);
                RecordingRegistration registration = new RecordingRegistration(fixture.poller(), accepted);
                registration.interest(Ops.READ_WRITE);
                fixture.expectReady(registration, Ops.WRITE);
                registration.cancel();
                accepted.close();
                peer.setSoLinger(true, 0);
            }
        });
    }

    @Test
    void unregisteredChannelsLeaveNothingOpen() throws IOException {
        assertLeavesNothingOpen(() -> {
            fixture.backend().openStream(StandardProtocolFamily.INET).close();
            fixture.backend().openServer(StandardProtocolFamily.INET).close();
            fixture.backend().openDatagram(StandardProtocolFamily.INET).close();
        });
    }

    @Test
    void acceptWithoutDescriptorsThrowsTooManyOpenFiles() throws Exception {
        Path shell = Path.of("/bin/sh");
        Assumptions.assumeTrue(Files.isExecutable(shell), "no shell to set a limit with");
        Process process = new ProcessBuilder(
                        shell.toString(),
                        "-c",
                        "ulimit -n 150 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        DescriptorExhaustion.class.getName(),
                        fixture.backend().name())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = fixture.closing(process.getInputStream())) {
            String printed = new String(output.readAllBytes(), US_ASCII);
            assertEquals(0, process.waitFor(), printed);
        } finally {
            process.destroy();
        }
    }
}
