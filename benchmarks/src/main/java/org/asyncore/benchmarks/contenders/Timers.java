// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

/** A set of timers, most of which are due in an hour or two. It is used by one thread. */
public interface Timers extends AutoCloseable {
    int BATCH = 100; // timers that fire() sets

    /** Sets this many timers, which stay pending for the whole benchmark. */
    void fill(int count);

    /** Sets one more timer and cancels it. */
    void scheduleAndCancel();

    /** Postpones a pending timer, as a message postpones an idle timeout. */
    void rearm(int index);

    /** Sets {@link #BATCH} timers that are due at once, and runs them. */
    void fire();

    @Override
    void close();

    static Timers open(String subject) {
        return switch (subject) {
            case "netty" -> new NettyTimers();
            case "netty-wheel" -> new NettyWheelTimers();
            case "agrona-wheel" -> new AgronaTimers();
            case "loop" -> new LoopTimers();
            default -> throw new IllegalArgumentException("unknown timers: " + subject);
        };
    }
}
