// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.function.LongSupplier;
import org.asyncore.Dispatcher;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one loop, over any poller. */
public final class ReactorLoop implements Loop {
    /** How far {@link #close} has come. */
    private enum Phase {
        OPEN,
        ENDING_TASKS,
        /** No other dispatcher may join. */
        CLOSING_DISPATCHERS,
        CLOSED
    }

    static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private static final Duration TURN = Duration.ofSeconds(30); // asyncore's default timeout
    private static final int READ_BUFFER_BYTES = 65536;

    final Reactor reactor;

    private final Backend backend;
    private final String name;
    private final long spinNanos;
    private final Confinement confinement = new Confinement();
    private final Chores chores;
    private volatile boolean stopping; // stop() sets it, from any thread; the run that it ends clears it
    private Phase phase = Phase.OPEN;
    private @Nullable ByteBuffer readBuffer; // from the first use on
    private final ArrayDeque<ByteBuffer> spareBuffers = new ArrayDeque<>(); // as many as were lent at once

    /** Opens a poller of the backend. */
    public ReactorLoop(Backend backend, InterestPolicy policy, String name, Duration spin, LongSupplier clock) {
        this.backend = backend;
        this.name = name;
        this.spinNanos = nanos(spin);
        this.chores = new Chores(this, clock);
        this.reactor = new Reactor(this, openPoller(backend), policy);
    }

    private static Poller openPoller(Backend backend) {
        try {
            return backend.openPoller();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a poller of " + backend.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String pollerName() {
        return backend.name();
    }

    /** The provider of this loop's channels. */
    public Backend backend() {
        return backend;
    }

    /** The loop's one direct buffer, cleared. */
    public ByteBuffer readBuffer() {
        checkThread();
        if (readBuffer == null) {
            readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
        }
        return readBuffer.clear();
    }

    /** Lends a direct buffer, cleared, of the size of the one above, for as long as a hook runs. */
    public ByteBuffer lend() {
        checkThread();
        ByteBuffer buffer = spareBuffers.poll();
        return buffer == null ? ByteBuffer.allocateDirect(READ_BUFFER_BYTES) : buffer.clear();
    }

    /** Takes back what {@link #lend} gave. */
    public void giveBack(ByteBuffer buffer) {
        spareBuffers.push(buffer);
    }

    // Turns.

    @Override
    public void run() {
        run(TURN, Long.MAX_VALUE);
    }

    @Override
    public void run(Duration timeout, int turns) {
        run(timeout, (long) turns);
    }

    @Override
    public boolean runOnce(Duration timeout) {
        run(timeout, 1L);
        return hasWork();
    }

    private void run(Duration timeout, long turns) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        checkOpen();
        boolean nested = confinement.enter(this);
        try {
            long timeoutNanos = nanos(timeout);
            for (long n = 0; n < turns && hasWork() && !stopRequested(); n++) {
                turn(timeoutNanos);
            }
            reactor.flush();
        } catch (IOException e) {
            throw pollerFailed(e);
        } finally {
            if (!nested) {
                stopping = false;
                confinement.exit();
            }
        }
    }

    private boolean hasWork() {
        return phase != Phase.CLOSED && (reactor.members.size() > 0 || chores.arePending());
    }

    private boolean stopRequested() {
        return stopping || Thread.currentThread().isInterrupted();
    }

    /** Ask, wait, serve reads, writes and urgent data, then tasks and timers. */
    private void turn(long timeoutNanos) throws IOException {
        boolean completed = false;
        reactor.beginTurn();
        try {
            reactor.ask();
            if (phase == Phase.CLOSED) {
                return; // an answer has closed the loop
            }
            int known = reactor.knownReady();
            reactor.advice.asked();
            await(timeoutNanos);
            reactor.advice.waited();
            reactor.serve();
            chores.runTasks();
            chores.runTimers();
            reactor.advice.endTurn(known);
            completed = true;
        } finally {
            reactor.endTurn(completed);
        }
    }

    private void await(long timeoutNanos) throws IOException {
        long nanos = chores.nanosToNext(timeoutNanos);
        if (nanos == 0 || isBusy() || reactor.isReady() || !hasWork()) {
            reactor.poll(0);
        } else if (spinNanos == 0 || !spin(Math.min(nanos, spinNanos))) {
            block(nanos);
        }
    }

    private boolean isBusy() {
        return stopping || !chores.tasks.isEmpty();
    }

    /** Looks again and again without blocking; true if there was something to see. */
    private boolean spin(long nanos) throws IOException {
        long begin = System.nanoTime();
        do {
            if (reactor.poll(0) > 0 || isBusy()) {
                return true;
            }
        } while (System.nanoTime() - begin < nanos);
        return false;
    }

    private void block(long nanos) throws IOException {
        if (!chores.tasks.park()) {
            reactor.poll(0);
            return;
        }
        try {
            reactor.poll(nanos);
        } finally {
            chores.tasks.unpark();
        }
    }

    // What other threads may call.

    @Override
    public void stop() {
        stopping = true;
        reactor.poller.wakeup();
    }

    @Override
    public void wakeup() {
        reactor.poller.wakeup();
    }

    @Override
    public void execute(Runnable task) {
        if (chores.tasks.add(requireNonNull(task, "task"))) {
            reactor.poller.wakeup();
        }
    }

    // Timers.

    @Override
    public TimerHandle schedule(Duration delay, Runnable task) {
        return chores.schedule(Math.max(0, nanos(delay)), task, false);
    }

    @Override
    public TimerHandle scheduleEvery(Duration period, Runnable task) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("the period is not positive: " + period);
        }
        return chores.schedule(nanos(period), task, true);
    }

    // Dispatchers.

    @Override
    public Collection<Dispatcher> dispatchers() {
        return Collections.unmodifiableCollection(reactor.members);
    }

    @Override
    public void add(Dispatcher dispatcher, Channel channel) {
        requireNonNull(dispatcher, "dispatcher");
        Binding member = Binding.raw(this, dispatcher, requireNonNull(channel, "channel"));
        member.checkRegistrable();
        add(member);
    }

    void add(Member member) {
        checkCanAdd();
        reactor.add(member);
    }

    void checkCanAdd() {
        checkThread();
        checkOpen();
        if (phase == Phase.CLOSING_DISPATCHERS) {
            throw new IllegalStateException(this + " is being closed");
        }
    }

    @Override
    public void remove(Dispatcher dispatcher) {
        checkThread();
        Member member = reactor.members.of(dispatcher);
        if (member != null) {
            member.leave();
        }
    }

    @Override
    public void refresh(Dispatcher dispatcher) {
        checkThread();
        Member member = reactor.members.of(dispatcher);
        if (member != null) {
            reactor.changed(member);
        }
    }

    // Closing.

    @Override
    public void closeAll(boolean ignoreAll) {
        checkThread();
        try {
            reactor.closeAll(ignoreAll);
        } catch (IOException e) {
            throw pollerFailed(e);
        }
    }

    @Override
    public void close() {
        if (phase != Phase.OPEN) {
            return; // or a task or dispatcher that is being ended calls this
        }
        LoopEnd end = new LoopEnd();
        boolean nested = confinement.enter(this);
        try {
            phase = Phase.ENDING_TASKS;
            chores.endTasks(end);
            phase = Phase.CLOSING_DISPATCHERS;
            reactor.closeAll(end);
        } finally {
            phase = Phase.CLOSED;
            chores.forgetTimers();
            if (!nested) {
                confinement.exit();
            }
        }
        end.attempt("the poller of {} failed to close", this, reactor::close);
        end.rethrow();
    }

    private UncheckedIOException pollerFailed(IOException cause) {
        return new UncheckedIOException("the poller of " + this + " failed: " + cause.getMessage(), cause);
    }

    void checkThread() {
        confinement.check(this);
    }

    void checkOpen() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return name + " (" + backend.name() + ")";
    }
}
