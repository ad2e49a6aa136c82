// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.nio.channels.Channel;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;
import org.asyncore.internal.EventLoop;

/**
 * Runs dispatchers, tasks and timers on one thread: asyncore's {@code loop()} together with its {@code socket_map}.
 *
 * <p>One turn asks every dispatcher what it waits for, waits until something is ready, then serves all reads, all writes
 * and all urgent data, each in the order in which the dispatchers joined, then runs tasks and due timers. A dispatcher
 * that an earlier hook of the same turn closed is skipped; one that joined is first served in the next turn. A turn serves
 * each dispatcher once, and runs only the tasks that were there when it came to them, so that nobody starves the rest.
 *
 * <p>A loop and all it owns belong to one thread: the one in {@link #run()}, before that the one that opened it. Using it
 * from another fails with an {@link IllegalStateException}, except for the methods that say they may be called from any
 * thread. Between two runs another thread may take the loop over by calling {@code run}, {@code runOnce} or
 * {@code close}. A hook may run the loop itself; dispatchers served inside are not served again by the outer turn.
 *
 * <p>These leave {@code run}, and nothing else does: {@link ExitNow}; an {@link Error} of a task or timer; an error of a hook
 * that concerns more than this hook (see {@link Dispatcher#handleError}); what {@code readable}, {@code writable} and
 * {@code handleError} throw. An interrupt asks the loop to stop, and stays set.
 */
public sealed interface Loop extends Executor, AutoCloseable permits EventLoop {
    /**
     * Opens a loop over the poller that the system property {@code asyncore.poller} names, else over the best that is
     * available.
     *
     * @throws IllegalArgumentException if the property names no poller that is available here; the message lists them
     * @throws IllegalStateException if no poller is available at all
     * @throws java.io.UncheckedIOException if the poller cannot be opened
     */
    static Loop open() {
        return builder().open();
    }

    /**
     * Opens a loop over a poller chosen by name; exceptions as for {@link #open()}.
     *
     * @param poller {@code nio}, {@code epoll}, {@code kqueue}
     */
    static Loop open(String poller) {
        return builder().poller(poller).open();
    }

    /** Begins to describe a loop. */
    static LoopBuilder builder() {
        return new LoopBuilder();
    }

    /** The name of the poller under this loop. Any thread. */
    String pollerName();

    /**
     * Runs turns until no dispatcher, task or one-shot timer is left, or {@link #stop} is called: asyncore's
     * {@code loop()}. Each turn waits 30 seconds at most.
     */
    void run();

    /**
     * Runs at most that many turns: asyncore's {@code loop(timeout, count=turns)}.
     *
     * @param timeout how long one turn may wait; zero not at all
     * @param turns 0 or less for none
     */
    void run(Duration timeout, int turns);

    /**
     * Runs one turn, for programs with an event loop of their own: asyncore's {@code poll(timeout)}.
     *
     * @param timeout how long it may wait; zero not at all
     * @return whether anything is left to wait for
     */
    boolean runOnce(Duration timeout);

    /**
     * Makes {@link #run()} return after the current turn; if the loop is not running, the next run returns at once. Any
     * thread.
     */
    void stop();

    /** Ends the current wait, or the next one. Any thread. */
    void wakeup();

    /**
     * Hands over a task, which runs on the loop's thread at the end of a turn; asyncio's {@code call_soon_threadsafe}. Tasks
     * run in the order in which they were handed over. An exception that a task throws is logged. Any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    @Override
    void execute(Runnable task);

    /** Hands over a task that may throw an {@link java.io.IOException}; otherwise as {@link #execute(Runnable)}. */
    default void execute(LoopTask task) {
        execute((Runnable) task);
    }

    /**
     * Runs a task once, after a delay: pyftpdlib's {@code call_later}. An exception that it throws is logged. The timer keeps
     * {@link #run()} from returning until it has run, unless {@link TimerHandle#unref} is called.
     *
     * @param delay from now; negative counts as zero
     * @throws IllegalStateException if the loop is closed
     */
    default TimerHandle schedule(Duration delay, Runnable task) {
        requireNonNull(task, "task");
        return schedule(delay, timer -> task.run());
    }

    /** Runs a task that may throw an {@link java.io.IOException}; otherwise as {@link #schedule(Duration, Runnable)}. */
    default TimerHandle schedule(Duration delay, LoopTask task) {
        requireNonNull(task, "task");
        return schedule(delay, timer -> task.call());
    }

    /** Runs a task that gets its own handle; otherwise as {@link #schedule(Duration, Runnable)}. */
    TimerHandle schedule(Duration delay, TimerTask task);

    /**
     * Runs a task again and again, first after one period. It does not keep {@link #run()} from returning.
     *
     * @param period from the beginning of one run to the next; missed runs are skipped
     * @throws IllegalArgumentException if the period is not positive
     */
    default TimerHandle scheduleEvery(Duration period, Runnable task) {
        requireNonNull(task, "task");
        return scheduleEvery(period, timer -> task.run());
    }

    /** Runs a task that may throw an {@link java.io.IOException}; otherwise as {@link #scheduleEvery(Duration, Runnable)}. */
    default TimerHandle scheduleEvery(Duration period, LoopTask task) {
        requireNonNull(task, "task");
        return scheduleEvery(period, timer -> task.call());
    }

    /** Runs a task that gets its own handle; otherwise as {@link #scheduleEvery(Duration, Runnable)}. */
    TimerHandle scheduleEvery(Duration period, TimerTask task);

    /** The dispatchers in the order in which they joined, live and read-only: asyncore's {@code socket_map.values()}. */
    Collection<Dispatcher> dispatchers();

    /**
     * Lets a dispatcher join, over a channel that this loop's backend opened: what {@code map[fd] = obj} is in asyncore.
     * A {@link SocketDispatcher} does this by itself.
     *
     * @throws IllegalStateException if the dispatcher is in this loop already
     * @throws IllegalArgumentException if this loop's poller cannot register the channel, or if it is a {@code FileChannel}
     *     over a FIFO, which would block the loop
     */
    void add(Dispatcher dispatcher, Channel channel);

    /** Takes a dispatcher out, without closing it or its channel; does nothing if it is not in this loop. */
    void remove(Dispatcher dispatcher);

    /**
     * Says that the answer of a dispatcher's {@code readable} or {@code writable} may have changed; needed only under
     * {@link InterestPolicy#ON_CHANGE}, and there only for changes that came from outside its own hooks and calls.
     */
    void refresh(Dispatcher dispatcher);

    /** Closes every dispatcher: {@link #closeAll(boolean)} with false. */
    default void closeAll() {
        closeAll(false);
    }

    /**
     * Calls {@link Dispatcher#close} of every dispatcher, in order, and empties the loop: asyncore's {@code close_all}. A
     * {@link java.nio.channels.ClosedChannelException} is ignored. Any other exception leaves this method with the rest
     * unclosed, an {@link java.io.IOException} as {@link java.io.UncheckedIOException}.
     *
     * @param ignoreAll goes on after other exceptions too, except for {@link ExitNow} and the errors that leave {@link #run}
     */
    void closeAll(boolean ignoreAll);

    /**
     * Runs the tasks that were handed over, closes every dispatcher and then the poller. All of this is done, whatever a task
     * or a dispatcher's own {@code close} throws: an {@link ExitNow} or {@link Error} leaves this method afterwards, another
     * exception is logged. If a dispatcher's {@code close} throws, its channel is closed all the same. Closing twice does
     * nothing.
     *
     * @throws IllegalStateException if another thread is running the loop: call {@link #stop} first
     */
    @Override
    void close();

    /** Returns the name, the poller, and how many dispatchers, tasks and timers keep {@link #run()} from returning. */
    @Override
    String toString();
}
