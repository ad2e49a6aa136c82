// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that any thread adds and the loop's thread takes, in linked arrays. A producer claims a slot by counting up,
 * then puts its task there. Between the two steps the loop knows that a task is coming, and waits for that instant.
 */
final class TaskQueue {
    private static final int SLOTS = 1024;
    private static final Runnable GONE = TaskQueue::gone; // marks a task that was taken or withdrawn after close()
    private static final int POSITION = 8;
    private static final int SPINS = 100;

    private final AtomicReference<Chunk> tail; // producers move it to the next chunk before they claim a slot there

    /** Set before the loop blocks. The thread that clears it wakes the loop. */
    private final AtomicBoolean parked = new AtomicBoolean();

    private volatile boolean closed; // the loop sets it; producers read it after they have put their task

    /**
     * The number of tasks that the loop has taken. It is alone in its cache line, because producers read the fields
     * around it at each add.
     */
    private final long[] taken = new long[2 * POSITION];

    private Chunk head; // only the loop uses it

    TaskQueue() {
        head = new Chunk(0);
        tail = new AtomicReference<>(head);
    }

    /**
     * Appends a task. May be called from any thread.
     *
     * @return true if the caller has to wake the loop
     * @throws RejectedExecutionException if the queue is closed; the task will not run then
     */
    boolean add(Runnable task) {
        Chunk chunk = requireNonNull(tail.get());
        int slot = chunk.claimed.getAndIncrement();
        while (slot >= SLOTS) {
            chunk = following(chunk);
            slot = chunk.claimed.getAndIncrement();
        }
        chunk.tasks.setRelease(slot, task);
        if (closed && chunk.tasks.compareAndSet(slot, task, GONE)) {
            throw new RejectedExecutionException("the loop is closed, and does not run " + task);
        }
        return parked.get() && parked.compareAndSet(true, false);
    }

    private Chunk following(Chunk full) {
        Chunk next = full.next.get();
        if (next == null) {
            full.next.compareAndSet(null, new Chunk(full.first + SLOTS));
            next = requireNonNull(full.next.get());
        }
        tail.compareAndSet(full, next);
        return next;
    }

    /** Refuses tasks from now on. Those in the queue may still be taken. */
    void close() {
        closed = true;
    }

    /** Returns how many tasks were ever added: the end of a batch, for {@link #take}. */
    long mark() {
        Chunk last = requireNonNull(tail.get());
        return last.first + Math.min(last.claimed.get(), SLOTS);
    }

    int size() {
        return (int) (mark() - taken[POSITION]);
    }

    boolean isEmpty() {
        return areTaken(mark());
    }

    /** Returns true if all tasks before the mark have been taken. */
    boolean areTaken(long mark) {
        return taken[POSITION] >= mark;
    }

    /**
     * Announces that the loop will block. This prevents a lost wakeup: a producer claims a slot, then reads
     * {@code parked}; the loop sets {@code parked}, then reads the claims. At least one of them sees the other's write.
     *
     * @return false if there is a task, so that the loop must not block
     */
    boolean park() {
        parked.set(true);
        if (isEmpty()) {
            return true;
        }
        unpark();
        return false;
    }

    void unpark() {
        parked.lazySet(false);
    }

    /** Takes out the next task before the mark, or returns null. */
    @Nullable
    Runnable take(long mark) {
        while (taken[POSITION] < mark) {
            int slot = (int) (taken[POSITION] - head.first);
            if (slot == SLOTS) {
                head = following(head);
                slot = 0;
            }
            taken[POSITION]++;
            Runnable task = take(head.tasks, slot);
            if (task != GONE) {
                return task;
            }
        }
        return null;
    }

    @SuppressWarnings("ThreadPriorityCheck") // correct without the yield, and slow where cores are few
    private Runnable take(AtomicReferenceArray<@Nullable Runnable> tasks, int slot) {
        Runnable task = tasks.getAcquire(slot);
        for (int spins = 0; task == null; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the producer has lost its core between its two steps, perhaps to us
            }
            task = tasks.getAcquire(slot);
        }
        if (!closed) {
            tasks.setPlain(slot, null);
            return task;
        }
        return tasks.compareAndSet(slot, task, GONE) ? task : GONE; // or its producer has withdrawn it
    }

    private static void gone() {
        throw new AssertionError("the mark of a taken task was run");
    }

    private static final class Chunk {
        final long first; // number of tasks in all chunks before
        final AtomicReference<@Nullable Chunk> next = new AtomicReference<>();
        final AtomicReferenceArray<@Nullable Runnable> tasks = new AtomicReferenceArray<>(SLOTS);

        /**
         * Number of claimed slots; it exceeds {@code SLOTS} when the chunk is full. Made last, so that its cache line
         * is not one that the loop reads.
         */
        final AtomicInteger claimed = new AtomicInteger();

        Chunk(long first) {
            this.first = first;
        }
    }
}
