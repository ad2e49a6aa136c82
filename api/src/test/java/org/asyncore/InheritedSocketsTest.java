// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InheritedSocketsTest {
    private static List<Integer> descriptors(Map<String, String> environment) {
        return InheritedSockets.descriptors(environment, 4711);
    }

    @Test
    void numbersBeginAt3() {
        assertEquals(List.of(3), descriptors(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "1")));
        assertEquals(
                List.of(3, 4, 5),
                descriptors(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "3", "LISTEN_FDNAMES", "a:b:c")));
        assertEquals(List.of(), descriptors(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "0")));
    }

    @Test
    void socketsOfAnotherProcessAreNotReturned() {
        assertEquals(List.of(), descriptors(Map.of("LISTEN_PID", "4712", "LISTEN_FDS", "1")));
        assertEquals(List.of(), descriptors(Map.of("LISTEN_FDS", "1")));
        assertEquals(List.of(), descriptors(Map.of()));
        assertEquals(List.of(), InheritedSockets.descriptors());
    }

    @Test
    void countThatIsNoNumberIsNamed() {
        for (String count : List.of("", "x", "-1", "1.5")) {
            var thrown = assertThrows(
                    IllegalArgumentException.class,
                    () -> descriptors(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", count)));
            assertEquals("LISTEN_FDS is not a number: " + count, thrown.getMessage());
        }
    }
}
