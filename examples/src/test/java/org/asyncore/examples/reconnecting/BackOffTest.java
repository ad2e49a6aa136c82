// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.reconnecting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackOffTest {
    private static BackOff backOff(RandomGenerator random) {
        return new BackOff(Duration.ofMillis(100), Duration.ofMillis(1000), random);
    }

    private static List<Long> millis(BackOff backOff, int failures) {
        return Stream.generate(() -> backOff.afterFailure().toMillis())
                .limit(failures)
                .toList();
    }

    @Test
    void delayDoublesUpToTheLongestUntilReset() {
        BackOff backOff = backOff(() -> 0);
        assertEquals(List.of(100L, 200L, 400L, 800L, 1000L, 1000L), millis(backOff, 6));
        backOff.reset();
        assertEquals(List.of(100L, 200L), millis(backOff, 2));
    }

    @Test
    void halfOfTheDelayIsRandom() {
        SplittableRandom random = new SplittableRandom(1);
        List<Long> first = IntStream.range(0, 1000)
                .mapToObj(i -> millis(backOff(random), 1).get(0))
                .toList();
        assertTrue(first.stream().allMatch(millis -> millis >= 50 && millis <= 100), first::toString);
        assertEquals(51, first.stream().distinct().count());
    }
}
