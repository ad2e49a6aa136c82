// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimeLimit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Contract that an idle limit notices a lost peer, by the real clock. */
@Timeout(120)
public abstract class LostPeerContract {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected LostPeerContract() {}

    /** Runs turns of up to a minute until a dispatcher that waits for nothing logs a hook. Returns how many. */
    private int turnsUntilNoticed(InterestPolicy policy, LoopConnection connection) throws IOException {
        fixture.reopen(policy);
        LimitedDispatcher dispatcher = new LimitedDispatcher(fixture.loop(), connection.channel(), log);
        dispatcher.reading = false;
        fixture.loop().runOnce(Duration.ZERO);
        dispatcher.setTimeLimit(TimeLimit.READ_IDLE, LIMIT);
        long begin = System.nanoTime();
        int turns = 0;
        while (log.isEmpty() && System.nanoTime() - begin < PATIENCE.toNanos()) {
            fixture.loop().runOnce(PATIENCE);
            turns++;
        }
        assertFalse(log.isEmpty());
        return turns;
    }

    /** A peer behind a dropped route looks the same. */
    @ParameterizedTest
    @EnumSource
    void silentPeerIsNoticedByOneTurn(InterestPolicy policy) throws IOException {
        assertEquals(1, turnsUntilNoticed(policy, fixture.connection()));
        assertEquals(List.of("READ_IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void resetPeerIsNoticedByFewTurns(InterestPolicy policy) throws IOException {
        LoopConnection connection = fixture.connection();
        connection.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.peer().close();
        int turns = turnsUntilNoticed(policy, connection);
        assertTrue(turns <= 2, () -> turns + " turns");
    }

    /** Has no hook but those that a limit needs. */
    private static final class Silent extends SocketDispatcher {
        Silent(LoopFixture fixture) throws IOException {
            super(fixture.loop(), fixture.connection().channel());
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleClose() {
            close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dispatcherWithoutAHookIsClosedWithOneLineThatNamesItAndThePeer(InterestPolicy policy) throws IOException {
        fixture.reopen(policy);
        Logger logger = (Logger) LoggerFactory.getLogger(Silent.class);
        AppenderBase<ILoggingEvent> lines = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                log.add(line.toString()); // while the dispatcher is open
            }
        };
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        lines.start();
        try {
            Silent silent = new Silent(fixture);
            silent.setTimeLimit(TimeLimit.TOTAL, LIMIT);
            String name = silent.toString();
            assertTrue(name.contains("Silent[connected /127.0.0.1:"), name);
            fixture.loop().run();
            assertEquals(List.of("[INFO] time limit TOTAL is over, closing channel " + name), log);
        } finally {
            logger.detachAppender(lines);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
    }
}
