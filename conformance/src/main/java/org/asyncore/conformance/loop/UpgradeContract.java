// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of replacing a connected stream by a {@link org.asyncore.channels.StreamLayer} over it. */
@Timeout(120)
public abstract class UpgradeContract {
    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected UpgradeContract() {}

    private static void until(Loop loop, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not happen in time");
            loop.runOnce(Duration.ofMillis(50));
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerReplacesItsTransport(InterestPolicy policy) throws IOException {
        LoopConnection connection = fixture.connection();
        try (Loop loop = fixture.builder().interestPolicy(policy).open()) {
            LayerUser user = new LayerUser(loop, connection.channel());
            connection.send("S");
            until(loop, () -> user.log.size() == 1);
            connection.send("!ab");
            until(loop, () -> user.log.size() == 3);
            assertEquals(List.of("S", "a", "b"), user.log);
            assertEquals("!", connection.receive(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerReadsBytesThatCameInTheSegmentOfTheLastPlainByte(InterestPolicy policy) throws IOException {
        LoopConnection connection = fixture.connection();
        try (Loop loop = fixture.builder().interestPolicy(policy).open()) {
            LayerUser user = new LayerUser(loop, connection.channel());
            user.bytesPerRead = 1;
            connection.send("S!ab");
            until(loop, () -> user.log.size() == 3);
            assertEquals(List.of("S", "a", "b"), user.log);
            assertEquals("!", connection.receive(1));
        }
    }
}
