// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of one direction, which the loop and the threads that block share: a ring, the lock around it, and the wait
 * for a change. The lock is held only while bytes are copied, and a virtual thread that waits holds no monitor.
 */
final class SharedBytes {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    final ByteRing ring = new ByteRing();

    private final Bridge bridge;
    private final String timeoutMessage;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long timeoutNanos = NO_LIMIT; // any thread writes it, and the next operation reads it

    /** @param timeoutMessage says what has not happened if no time is left */
    SharedBytes(Bridge bridge, String timeoutMessage) {
        this.bridge = bridge;
        this.timeoutMessage = timeoutMessage;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Sets how long a wait lasts; zero for no limit. */
    void setTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        boolean limited = !timeout.isZero() && timeout.compareTo(Duration.ofNanos(NO_LIMIT)) < 0;
        timeoutNanos = limited ? timeout.toNanos() : NO_LIMIT;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /**
     * Waits for a change, with the lock held. The caller looks again then.
     *
     * @param nanos the time that is left
     * @param transferred the number of bytes that the operation has transferred already
     * @return the time that is left then
     * @throws SocketTimeoutException if no time is left
     */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    long await(long nanos, int transferred) throws IOException {
        if (nanos <= 0) {
            throw interrupted(new SocketTimeoutException(bridge + ": " + timeoutMessage), transferred);
        }
        try {
            if (nanos < NO_LIMIT) {
                return changed.awaitNanos(nanos);
            }
            changed.await();
            return NO_LIMIT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an interrupt is kept
            InterruptedIOException interrupt =
                    new InterruptedIOException(bridge + ": this thread was interrupted while it waited for the peer");
            interrupt.initCause(e);
            throw interrupted(interrupt, transferred);
        }
    }

    private IOException interrupted(InterruptedIOException cause, int transferred) {
        cause.bytesTransferred = transferred;
        return bridge.thrown(cause);
    }

    /** Ends all waits, with the lock held. */
    void signal() {
        changed.signalAll();
    }

    /** Ends all waits, because the state of the bridge has changed. */
    void wakeup() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
