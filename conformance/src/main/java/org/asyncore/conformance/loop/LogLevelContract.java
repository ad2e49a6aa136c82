// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Contract of the levels at which the default hooks log failures. */
@Timeout(120)
public abstract class LogLevelContract {
    private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final Logger logger = (Logger) LoggerFactory.getLogger(Plain.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    /** Makes the contract, for the tests of a backend. */
    protected LogLevelContract() {}

    /** A dispatcher without a hook for a loss or a failure. */
    private static final class Plain extends SocketDispatcher {
        @Nullable
        IOException failure; // thrown by handleRead; if there is one, handleClose does not log

        Plain(Loop loop) {
            super(loop);
        }

        Plain(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return connecting();
        }

        @Override
        public void handleRead() throws IOException {
            if (failure != null) {
                throw failure;
            }
            recv(readBuffer());
        }

        @Override
        public void handleClose() throws IOException {
            if (failure != null) {
                close();
            } else {
                super.handleClose();
            }
        }
    }

    @BeforeEach
    void capture() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    @AfterEach
    void release() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    /** Runs the loop until all dispatchers have left it. */
    private void run() {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!fixture.loop().dispatchers().isEmpty()) {
            assertTrue(System.nanoTime() < end, () -> "still in the loop: " + appender.list);
            fixture.loop().runOnce(Duration.ofMillis(10));
        }
    }

    private ILoggingEvent onlyLine() {
        List<ILoggingEvent> lines = List.copyOf(appender.list);
        assertEquals(1, lines.size(), lines::toString);
        return lines.get(0);
    }

    private static SocketAddress refusing() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return closed.getLocalSocketAddress();
        }
    }

    @Test
    void refusedConnectionIsOneLineAtInfoWithoutATrace() throws IOException {
        Plain plain = new Plain(fixture.loop());
        plain.createSocket();
        SocketAddress address = refusing();
        try {
            plain.connect(address);
        } catch (IOException e) { // some systems refuse at once
            plain.handleError(e);
        }
        run();
        ILoggingEvent line = onlyLine();
        assertEquals(Level.INFO, line.getLevel());
        assertNull(line.getThrowableProxy());
        assertTrue(line.getFormattedMessage().contains("is closed: cannot connect to " + address), line::toString);
    }

    @Test
    void resetConnectionIsOneLineAtDebugWithoutATrace() throws IOException {
        LoopConnection connection = fixture.connection();
        new Plain(fixture.loop(), connection.channel());
        connection.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.peer().close();
        run();
        ILoggingEvent line = onlyLine();
        assertEquals(Level.DEBUG, line.getLevel());
        assertNull(line.getThrowableProxy());
        assertTrue(line.getFormattedMessage().contains(" lost its connection: "), line::toString);
    }

    @Test
    void exceptionOfAHookIsOneErrorWithItsTrace() throws IOException {
        LoopConnection connection = fixture.connection();
        Plain plain = new Plain(fixture.loop(), connection.channel());
        plain.failure = new IOException("by the test");
        connection.send();
        run();
        ILoggingEvent line = onlyLine();
        assertEquals(Level.ERROR, line.getLevel());
        assertEquals(
                "by the test", Objects.requireNonNull(line.getThrowableProxy()).getMessage());
        assertTrue(line.getThrowableProxy().getStackTraceElementProxyArray().length > 0);
    }

    @Test
    void endOfTheStreamWarnsOfTheMissingHook() throws IOException {
        LoopConnection connection = fixture.connection();
        new Plain(fixture.loop(), connection.channel());
        connection.peer().close();
        run();
        assertEquals(Level.WARN, onlyLine().getLevel());
        assertTrue(onlyLine().getFormattedMessage().startsWith("unhandled close event"), appender.list::toString);
    }
}
