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
 * <p>One turn asks every dispatcher what it waits for, waits until something is ready, then serves all reads, all
 * writes and all urgent data, each in the order in which the dispatchers joined, then runs tasks and due timers. A
 * dispatcher that an earlier hook of the same turn closed is skipped; one that joined is first served in the next turn.
 * A turn serves each dispatcher once, and runs only the tasks that were queued when it came to them, so that none keeps
 * the others waiting.
 *
 * <p>A loop and all it owns belong to one thread: the thread in {@link #run()}, and before that the thread that opened
 * it. A call from another thread fails with an {@link IllegalStateException}, except for the methods that say they may
 * be called from any thread. Between two runs another thread may take the loop over by calling {@code run},
 * {@code runOnce} or {@code close}. A hook may run the loop itself; dispatchers that are served by this inner run are
 * not served again by the outer turn.
 *
 * <p>Of the exceptions of a program only these leave {@code run}: {@link ExitNow}; an {@link Error} of a task or timer;
 * an error of a hook that concerns more than this hook (see {@link Dispatcher#handleError}); an exception of
 * {@code readable}, {@code writable} or {@code handleError}. An interrupt asks the loop to stop, and the thread stays
 * interrupted.
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
     * @param poller {@code nio}, {@code epoll} or {@code kqueue}
     */
    static Loop open(String poller) {
        return builder().poller(poller).open();
    }

    /** Returns a builder with the default settings. */
    static LoopBuilder builder() {
        return new LoopBuilder();
    }

    /** Returns the name of the poller under this loop. May be called from any thread. */
    String pollerName();

    /**
     * Returns what the loop has done until now: an immutable snapshot, which costs some reads of memory. May be called
     * from any thread, also after {@link #close}.
     */
    LoopStatistics statistics();

    /**
     * Runs turns until no dispatcher, task or one-shot timer is left, or {@link #stop} is called, or the thread is
     * interrupted: asyncore's {@code loop()}. Each turn waits 30 seconds at most.
     *
     * @throws java.io.UncheckedIOException if the poller fails
     */
    void run();

    /**
     * Runs at most the given number of turns: asyncore's {@code loop(timeout, count=turns)}.
     *
     * @param timeout the longest wait of one turn; zero does not wait
     * @param turns 0 or less for none
     * @throws IllegalArgumentException if the timeout is negative
     */
    void run(Duration timeout, int turns);

    /**
     * Runs one turn, for programs with an event loop of their own: asyncore's {@code poll(timeout)}.
     *
     * @param timeout the longest wait; zero does not wait
     * @return true if anything is left to wait for
     * @throws IllegalArgumentException if the timeout is negative
     */
    boolean runOnce(Duration timeout);

    /**
     * Waits as a turn does, and serves nothing. For programs with an event loop of their own: a helper thread waits
     * here, and lets the program's thread call {@link #runOnce} with zero. So hooks run on that thread, and nothing
     * runs while nothing happens. Meanwhile the loop belongs to the helper thread: others use {@link #execute}, and
     * {@link #wakeup} after a change of what {@code readable} or {@code writable} return.
     *
     * <p>Returns at once if the last turn called a hook, a task or a timer, because the dispatchers have to be asked
     * again. asyncore has no such method.
     *
     * @param timeout the longest wait
     * @return true if {@link #runOnce} has to be called; false if nothing is left to wait for, the loop is closed or the
     *     thread is interrupted
     * @throws IllegalArgumentException if the timeout is negative
     * @throws IllegalStateException if another thread is running the loop, or a hook calls this
     */
    boolean awaitReady(Duration timeout);

    /**
     * Makes {@link #run()} return after the current turn; if the loop is not running, the next run returns at once. May
     * be called from any thread.
     */
    void stop();

    /**
     * Ends the work of the loop without cutting connections off. At the end of a turn it closes the listeners, and then
     * calls {@link Dispatcher#handleShutdown} of every other dispatcher, and of those that join later.
     * {@link #run()} returns when all dispatchers have left. After the time of grace the dispatchers that are left are
     * closed with a warning, and {@code run} returns. It returns even if one-shot timers are pending. The loop stays
     * open: {@link #close} it then. A second call sets another time of grace, from then on. May be called from any
     * thread; does nothing if the loop is closed. asyncore has no such method.
     *
     * @param grace the time that dispatchers have to end; zero closes at once those that do not end by themselves
     * @throws IllegalArgumentException if the time is negative
     */
    void shutdown(Duration grace);

    /** Ends the current wait, or the next one. May be called from any thread. */
    void wakeup();

    /**
     * Queues a task, which runs on the loop's thread at the end of a turn: asyncio's {@code call_soon_threadsafe}.
     * Tasks run in the order in which they were queued. An exception that a task throws is logged. May be called from
     * any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    @Override
    void execute(Runnable task);

    /** Queues a task that may throw an {@link java.io.IOException}; otherwise as {@link #execute(Runnable)}. */
    default void execute(LoopTask task) {
        execute((Runnable) task);
    }

    /**
     * Runs a task once, after a delay: pyftpdlib's {@code call_later}. An exception that it throws is logged. The timer
     * keeps {@link #run()} from returning until it has run, unless {@link TimerHandle#unref} is called.
     *
     * @param delay from now; negative counts as zero
     * @throws IllegalStateException if the loop is closed
     */
    default TimerHandle schedule(Duration delay, Runnable task) {
        requireNonNull(task, "task");
        return schedule(delay, timer -> task.run());
    }

    /**
     * Runs a task that may throw an {@link java.io.IOException}; otherwise as {@link #schedule(Duration, Runnable)}.
     */
    default TimerHandle schedule(Duration delay, LoopTask task) {
        requireNonNull(task, "task");
        return schedule(delay, timer -> task.call());
    }

    /** Runs a task that gets its own handle; otherwise as {@link #schedule(Duration, Runnable)}. */
    TimerHandle schedule(Duration delay, TimerTask task);

    /**
     * Runs a task periodically, first after one period. It does not keep {@link #run()} from returning.
     *
     * @param period from the beginning of one run to the next; missed runs are skipped
     * @throws IllegalArgumentException if the period is not positive
     */
    default TimerHandle scheduleEvery(Duration period, Runnable task) {
        requireNonNull(task, "task");
        return scheduleEvery(period, timer -> task.run());
    }

    /**
     * Runs a task that may throw an {@link java.io.IOException}; otherwise as
     * {@link #scheduleEvery(Duration, Runnable)}.
     */
    default TimerHandle scheduleEvery(Duration period, LoopTask task) {
        requireNonNull(task, "task");
        return scheduleEvery(period, timer -> task.call());
    }

    /** Runs a task that gets its own handle; otherwise as {@link #scheduleEvery(Duration, Runnable)}. */
    TimerHandle scheduleEvery(Duration period, TimerTask task);

    /**
     * Returns the dispatchers in the order in which they joined, live and read-only: asyncore's
     * {@code socket_map.values()}.
     */
    Collection<Dispatcher> dispatchers();

    /**
     * Adds a dispatcher, over a channel that this loop's backend opened: {@code map[fd] = obj} in asyncore. A
     * {@link SocketDispatcher} does this by itself.
     *
     * @throws IllegalStateException if the dispatcher is in this loop already
     * @throws IllegalArgumentException if this loop's poller cannot register the channel, or if it is a
     *     {@code FileChannel} over a FIFO, which would block the loop
     */
    void add(Dispatcher dispatcher, Channel channel);

    /**
     * Removes a dispatcher, without closing it or its channel: {@code del map[fd]} in asyncore. Does nothing if it is
     * not in this loop.
     */
    void remove(Dispatcher dispatcher);

    /**
     * Notes that {@code readable} or {@code writable} of a dispatcher may return something else now. Needed only under
     * {@link InterestPolicy#ON_CHANGE}, and there only for changes that came from outside its own hooks and calls.
     */
    void refresh(Dispatcher dispatcher);

    /** Closes every dispatcher: {@link #closeAll(boolean)} with false. */
    default void closeAll() {
        closeAll(false);
    }

    /**
     * Calls {@link Dispatcher#close} of every dispatcher, in order, and empties the loop: asyncore's {@code close_all}.
     * A {@link java.nio.channels.ClosedChannelException} is ignored. Any other exception leaves this method, and the
     * remaining dispatchers stay open; an {@link java.io.IOException} is wrapped in an
     * {@link java.io.UncheckedIOException}.
     *
     * @param ignoreAll true to go on after other exceptions too, except for {@link ExitNow} and the errors that leave
     *     {@link #run}
     */
    void closeAll(boolean ignoreAll);

    /**
     * Runs the queued tasks, closes every dispatcher and then the poller. All of this is done even if a task or a
     * dispatcher's own {@code close} throws: an {@link ExitNow} or {@link Error} leaves this method afterwards, another
     * exception is logged. If a dispatcher's {@code close} throws, its channel is closed all the same. Closing twice
     * does nothing.
     *
     * @throws IllegalStateException if another thread is running the loop: call {@link #stop} first
     */
    @Override
    void close();

    /** Returns the name, the poller, and how many dispatchers, tasks and timers keep {@link #run()} from returning. */
    @Override
    String toString();
}
