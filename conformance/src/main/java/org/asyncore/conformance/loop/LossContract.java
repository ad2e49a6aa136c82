// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

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
    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** For a backend's tests. */
    protected LossContract() {}

    /** Logs how its connection ends. */
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

    /** Logs a loss, and leaves the rest to the default. */
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

    private void run() {
        for (int i = 0; i < 10_000 && !fixture.loop().dispatchers().isEmpty(); i++) {
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
        for (int i = 0; i < 10_000_000 && sent == 1; i++) { // until the reset has arrived
            sent = user.send(bytes.clear());
        }
        assertEquals(0, sent);
        assertEquals(List.of("lost", "close"), log);
    }
}
