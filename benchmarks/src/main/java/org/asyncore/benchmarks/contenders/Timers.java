// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

/** Something that keeps timers, many of which are an hour or two away. One thread. */
public interface Timers extends AutoCloseable {
    int BATCH = 100;

    /** Sets that many, for ever pending as far as a benchmark goes. */
    void fill(int pending);

    /** Sets one more and takes it back. */
    void scheduleAndCancel();

    /** Pushes a pending one back: an idle timeout when a message came. */
    void rearm(int pending);

    /** Sets {@link #BATCH} that are due at once, and runs them. */
    void fire();

    @Override
    void close();

    static Timers open(String subject) {
        return switch (subject) {
            case "netty" -> new NettyTimers();
            case "netty-wheel" -> new NettyWheelTimers();
            case "agrona-wheel" -> new AgronaTimers();
            case "loop" -> new LoopTimers();
            default -> throw new IllegalArgumentException("no timers are called " + subject);
        };
    }
}
