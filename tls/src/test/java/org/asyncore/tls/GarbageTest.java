// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Garbage of messages. The engine makes two to four kilobytes for each; a buffer of ours would add 17 kilobytes. */
@Timeout(300)
final class GarbageTest {
    private static final int MESSAGES = 5_000;
    private static final long ALLOWED_BYTES = MESSAGES * 8_192L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ByteBuffer message = ByteBuffer.allocateDirect(100);
    private final ByteBuffer large = ByteBuffer.allocateDirect(65_536);
    private final ByteBuffer small = ByteBuffer.allocateDirect(10);

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void messagesAllocateNoBuffers() throws IOException {
        assertTrue(echo(large) <= ALLOWED_BYTES);
    }

    @Test
    void messagesReadInPartsAllocateNoBuffers() throws IOException {
        assertTrue(echo(small) <= ALLOWED_BYTES);
    }

    /** Returns the bytes that the server allocates to read messages in pieces of that size and to answer each. */
    private long echo(ByteBuffer target) throws IOException {
        Backend nio = ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.name().equals("nio"))
                .findFirst()
                .orElseThrow();
        try (TlsPair pair = TlsPair.established(nio, "TLSv1.3")) {
            echo(pair, target);
            return echo(pair, target);
        }
    }

    private long echo(TlsPair pair, ByteBuffer target) throws IOException {
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            pair.client.write(message.clear());
            int taken = 0;
            while (taken < message.capacity()) {
                long before = allocated();
                taken += pair.server.read(target.clear());
                sum += allocated() - before;
            }
            long before = allocated();
            pair.server.write(message.clear());
            sum += allocated() - before;
            assertEquals(message.capacity(), TlsPair.read(pair.client, message.capacity()).length);
        }
        return sum;
    }
}
