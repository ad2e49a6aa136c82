// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that any thread hands over and the loop's thread takes: Dmitry Vyukov's queue for many producers and one
 * consumer. A producer swaps itself in as the tail, then links its predecessor to itself; between the two steps the
 * consumer knows that a task is coming and waits the instant.
 */
final class TaskQueue {
    private final AtomicReference<Node> tail; // producers swap; the consumer reads, to know where a batch ends
    private final AtomicBoolean parked =
            new AtomicBoolean(); // the loop sets it before it blocks, who clears it wakes it
    private volatile boolean closed; // the loop sets it, producers look after they have appended
    private Node head; // consumer only; its task is taken already

    TaskQueue() {
        head = new Node(null);
        tail = new AtomicReference<>(head);
    }

    /**
     * Appends a task. Any thread.
     *
     * @return whether the caller has to wake the loop
     * @throws RejectedExecutionException if the queue is closed; the task will not run then
     */
    boolean add(Runnable task) {
        Node node = new Node(task);
        tail.getAndSet(node).set(node);
        if (closed && claim(node) != null) {
            throw new RejectedExecutionException("the loop is closed, and does not run " + task);
        }
        return parked.get() && parked.compareAndSet(true, false);
    }

    /** Refuses tasks from now on. Those in the queue may still be taken. */
    void close() {
        closed = true;
    }

    boolean isEmpty() {
        return head == tail.get();
    }

    /**
     * Announces that the loop will block. A producer appends first and looks for this announcement then; the loop
     * announces first and looks for tasks then: one of the two sees the other.
     *
     * @return false if a task is there already: do not block
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

    /** The end of what has been handed over so far, for {@link #take}. */
    Object mark() {
        return requireNonNull(tail.get());
    }

    /** The next task before the mark, or null. */
    @Nullable
    Runnable take(Object mark) {
        Runnable task = null;
        while (task == null && head != mark) {
            Node next = head.get();
            while (next == null) {
                Thread.onSpinWait();
                next = head.get();
            }
            head = next;
            task = closed ? claim(next) : next.take();
        }
        return task;
    }

    /** Once closed, the loop and the producer may both want a task: the one to run it, the other to withdraw it. */
    private synchronized @Nullable Runnable claim(Node node) {
        return node.take();
    }

    private static final class Node extends AtomicReference<@Nullable Node> {
        private static final long serialVersionUID = 1;

        private transient @Nullable Runnable task; // who takes it clears it

        Node(@Nullable Runnable task) {
            this.task = task;
        }

        @Nullable
        Runnable take() {
            Runnable taken = task;
            task = null;
            return taken;
        }
    }
}
