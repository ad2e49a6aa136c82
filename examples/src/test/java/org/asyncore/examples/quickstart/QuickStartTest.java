// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.examples.support.ExamplePollers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests README's server. */
@Timeout(60)
final class QuickStartTest {
    @ParameterizedTest
    @MethodSource("org.asyncore.examples.support.ExamplePollers#names")
    void serverThatIsStartedAgainUsesTheAddressThatItsLastConnectionStillOccupies(String poller) throws IOException {
        ExamplePollers.assumeAvailable(poller);
        int port = serveOnce(poller, 0);
        serveOnce(poller, port);
        serveOnce(poller, port);
    }

    /** Echoes three bytes, and closes before the peer does, so that the connection stays in TIME_WAIT. */
    private static int serveOnce(String poller, int port) throws IOException {
        try (Loop loop = Loop.open(poller)) {
            QuickStart.EchoServer server = new QuickStart.EchoServer(loop, port);
            InetSocketAddress local = (InetSocketAddress) server.localAddress();
            try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), local.getPort())) {
                peer.getOutputStream().write(new byte[] {1, 2, 3});
                loop.run(Duration.ofSeconds(30), 2); // accepts, and echoes
                assertArrayEquals(new byte[] {1, 2, 3}, peer.getInputStream().readNBytes(3));
                loop.closeAll();
            }
            return local.getPort();
        }
    }
}
