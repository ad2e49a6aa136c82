// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.SocketDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@code handleLost}, which distinguishes a lost connection from the end of the stream. */
@Timeout(120)
public abstract class LossContract {
    private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected LossContract() {}

    /** Logs the end of its connection. */
    private class User extends SocketDispatcher {
        User(LoopConnection connection) {
            super(fixture.loop(), connection.channel());
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            int n = recv(readBuffer());
            if (n <= 0) {
                log.add("recv " + n);
            }
        }

        @Override
        public void handleClose() {
            log.add("close");
            close();
        }
    }

    /** Logs a loss, and then calls the default. */
    private final class LossUser extends User {
        LossUser(LoopConnection connection) {
            super(connection);
        }

        @Override
        public void handleLost(IOException cause) throws IOException {
            assertNotNull(cause.getMessage());
            log.add("lost");
            super.handleLost(cause);
        }
    }

    /** Runs the loop until the dispatcher has left it. */
    private void run() {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!fixture.loop().dispatchers().isEmpty()) {
            assertTrue(System.nanoTime() < end, () -> "the dispatcher is still in the loop: " + log);
            fixture.loop().runOnce(Duration.ofMillis(10));
        }
    }

    private static void reset(LoopConnection connection) throws IOException {
        connection.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.peer().close();
    }

    @Test
    void resetConnectionIsReportedByHandleLostBeforeRecvReturns() throws IOException {
        LoopConnection connection = fixture.connection();
        new LossUser(connection);
        reset(connection);
        run();
        assertEquals(List.of("lost", "close", "recv -1"), log);
    }

    @Test
    void endOfTheStreamIsReportedByHandleCloseAlone() throws IOException {
        LoopConnection connection = fixture.connection();
        new LossUser(connection);
        connection.peer().close();
        run();
        assertEquals(List.of("close", "recv -1"), log);
    }

    @Test
    void resetConnectionIsReportedByHandleCloseUnlessHandleLostIsOverridden() throws IOException {
        LoopConnection connection = fixture.connection();
        new User(connection);
        reset(connection);
        run();
        assertEquals(List.of("close", "recv -1"), log);
    }

    @Test
    void sendOverALostConnectionIsReportedByHandleLostAndReturnsZero() throws IOException {
        LoopConnection connection = fixture.connection();
        User user = new LossUser(connection);
        reset(connection);
        ByteBuffer bytes = ByteBuffer.allocate(1);
        int sent = 1;
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (sent == 1 && System.nanoTime() < end) { // until the reset has arrived
            sent = user.send(bytes.clear());
        }
        assertEquals(0, sent);
        assertEquals(List.of("lost", "close"), log);
    }
}
