// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Test;

final class NioBackendTest {
    @Test
    void itIsFoundAsAService() {
        assertTrue(ServiceLoader.load(Backend.class).stream().anyMatch(it -> it.type() == NioBackend.class));
    }

    @Test
    void itRunsEverywhereAndIsTheLastChoice() {
        Backend backend = new NioBackend();
        assertEquals("nio", backend.name());
        assertEquals(0, backend.priority());
        assertNull(backend.unavailabilityCause());
    }
}
