// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BufferPoolTest {
    private final BufferPool pool = new BufferPool(new LoopThread("test"));

    @Test
    void buffersThatAreBorrowedAtTheSameTimeAreDifferent() {
        List<ByteBuffer> borrowed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ByteBuffer buffer = pool.borrow();
            assertNotSame(pool.readBuffer(), buffer);
            borrowed.forEach(other -> assertNotSame(other, buffer));
            borrowed.add(buffer);
        }
        borrowed.forEach(pool::giveBack);
    }

    @Test
    void returnedBufferIsLentAgainCleared() {
        ByteBuffer buffer = pool.borrow();
        buffer.position(5).limit(10);
        pool.giveBack(buffer);
        assertSame(buffer, pool.borrow());
        assertEquals(65536, buffer.remaining());
    }

    @Test
    void buffersOfAPeakAreKeptOnlyWhileOthersAreLent() {
        List<ByteBuffer> borrowed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            borrowed.add(pool.borrow());
        }
        for (int i = 0; i < 90; i++) {
            pool.giveBack(borrowed.get(i));
        }
        for (int i = 89; i >= 0; i--) {
            assertSame(borrowed.get(i), pool.borrow());
        }
        borrowed.forEach(pool::giveBack);
        for (int i = 0; i < 16; i++) {
            assertTrue(isAmong(borrowed, pool.borrow()));
        }
        assertFalse(isAmong(borrowed, pool.borrow()));
    }

    @SuppressWarnings("ReferenceEquality") // the same buffer is meant, not one with the same bytes
    private static boolean isAmong(List<ByteBuffer> buffers, ByteBuffer buffer) {
        return buffers.stream().anyMatch(each -> each == buffer);
    }

    @Test
    void bufferThatIsReturnedTwiceIsRefused() {
        ByteBuffer buffer = pool.borrow();
        ByteBuffer other = pool.borrow();
        pool.giveBack(buffer);
        pool.giveBack(other);
        assertThrows(IllegalArgumentException.class, () -> pool.giveBack(buffer));
    }

    @Test
    void bufferOfAnotherOwnerIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> pool.giveBack(ByteBuffer.allocate(65536)));
        assertThrows(IllegalArgumentException.class, () -> pool.giveBack(ByteBuffer.allocateDirect(10)));
        assertThrows(IllegalArgumentException.class, () -> pool.giveBack(pool.readBuffer()));
    }
}
