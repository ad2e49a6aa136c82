// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import org.asyncore.Dispatcher;
import org.asyncore.HostResolver;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.LoopStatistics;
import org.asyncore.TimerHandle;
import org.asyncore.TimerTask;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Loop}: runs the turns of a reactor, a task queue and a timer queue. */
public final class EventLoop implements Loop {
    private static final Duration TURN = Duration.ofSeconds(30); // asyncore's default timeout

    private final Backend backend;
    private final HostResolver resolver;
    private final LoopCounts counts = new LoopCounts();
    private final LoopThread thread;
    private final LoopPhase phase;
    private final BufferPool buffers;
    private final TaskQueue tasks = new TaskQueue();
    private final TimerQueue timers;
    private final TaskRunner runner;
    private final Reactor reactor;
    private final TurnWait wait;
    private final SocketListening listening;
    private final LoopShutdown shutdown;
    private final HookWatch watch;
    private long asked = -1; // the count of calls when dispatchers were asked last, -1 if the turn then served some

    /** Takes over a poller, which the backend has opened. */
    public EventLoop(Backend backend, Poller poller, LoopSettings settings) {
        this.backend = backend;
        resolver = settings.resolver();
        thread = new LoopThread(settings.name() + " (" + backend.name() + ")");
        phase = new LoopPhase(thread);
        buffers = new BufferPool(thread);
        timers = new TimerQueue(settings.clock(), thread);
        runner = new TaskRunner(thread, counts);
        var lingering = new LingeringLayers(poller, timers, buffers, counts);
        reactor = new Reactor(poller, settings.policy(), thread, lingering, counts);
        wait = new TurnWait(reactor, tasks, timers, thread, TimerQueue.nanos(settings.busyPoll()));
        listening = new SocketListening(reactor, timers);
        shutdown = new LoopShutdown(reactor, timers, thread, counts);
        watch = HookWatch.begin(thread, counts, TimerQueue.nanos(settings.slowHook()));
    }

    @Override
    public String pollerName() {
        return backend.name();
    }

    /** Returns the provider of this loop's channels. */
    public Backend backend() {
        return backend;
    }

    /** Returns the resolver of host names. */
    HostResolver resolver() {
        return resolver;
    }

    @Override
    public LoopStatistics statistics() {
        return counts.snapshot();
    }

    /** Returns the buffers that this loop lends. */
    public BufferPool buffers() {
        return buffers;
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

    @Override
    public boolean awaitReady(Duration timeout) {
        long timeoutNanos = TurnWait.nanos(timeout);
        thread.enterBetweenTurns();
        try {
            if (counts.calls() == asked && hasWork()) {
                wait.awaitReady(timeoutNanos);
            }
            return hasWork() && !Thread.currentThread().isInterrupted();
        } catch (IOException e) {
            throw pollerFailed(e);
        } finally {
            thread.leave();
        }
    }

    private void run(Duration timeout, long turns) {
        long timeoutNanos = TurnWait.nanos(timeout);
        phase.checkOpen();
        boolean nested = thread.enter();
        try {
            for (long n = 0; n < turns && hasWork() && !thread.mustStop(); n++) {
                turn(timeoutNanos);
            }
            reactor.flush();
        } catch (IOException e) {
            throw pollerFailed(e);
        } finally {
            if (!nested) {
                thread.exit();
            }
        }
    }

    private boolean hasWork() {
        return !phase.isClosed() && (!reactor.dispatchers().isEmpty() || !tasks.isEmpty() || timers.keeping() > 0);
    }

    /** Asks, waits, serves reads, writes and urgent data, then runs tasks and timers. */
    private void turn(long timeoutNanos) throws IOException {
        boolean completed = false;
        boolean inHook = reactor.beginTurn();
        try {
            reactor.ask();
            if (phase.isClosed()) {
                return; // readable or writable of a dispatcher closed the loop
            }
            wait.await(hasWork() ? timeoutNanos : 0);
            asked = reactor.isReady() ? -1 : counts.calls();
            reactor.beginServing();
            reactor.serve(ReadySlots.Event.READ);
            reactor.serve(ReadySlots.Event.WRITE);
            reactor.serve(ReadySlots.Event.URGENT);
            reactor.serveLingering();
            runner.runAll(tasks, tasks.mark()); // a task that adds itself again waits for the next turn
            timers.runDue(runner);
            shutdown.proceed();
            completed = true;
        } finally {
            reactor.endTurn(completed, inHook);
            timers.endTurn();
        }
    }

    // What other threads may call.

    @Override
    public void stop() {
        thread.askToStop();
        reactor.wakeup();
    }

    @Override
    public void wakeup() {
        reactor.wakeup();
    }

    @Override
    public void execute(Runnable task) {
        if (tasks.add(requireNonNull(task, "task"))) {
            reactor.wakeup();
        }
    }

    @Override
    public void shutdown(Duration grace) {
        shutdown.request(this, grace);
    }

    // Timers.

    @Override
    public TimerHandle schedule(Duration delay, TimerTask task) {
        return timers.schedule(requireNonNull(task, "task"), delay, false);
    }

    @Override
    public TimerHandle scheduleEvery(Duration period, TimerTask task) {
        return timers.scheduleEvery(requireNonNull(task, "task"), period);
    }

    // Dispatchers.

    @Override
    public Collection<Dispatcher> dispatchers() {
        return Collections.unmodifiableCollection(reactor.dispatchers());
    }

    @Override
    public void add(Dispatcher dispatcher, Channel channel) {
        requireNonNull(dispatcher, "dispatcher");
        if (WrappingChannel.polled(requireNonNull(channel, "channel")) instanceof FileChannel file) {
            GivenFile.requireAlwaysReady(file);
        }
        phase.checkCanAdd();
        SocketMapEntry entry = reactor.entry(dispatcher, channel, ChannelState.ofRaw(channel));
        entry.checkRegistrable(backend);
        add(entry);
    }

    private void add(SocketMapEntry entry) {
        phase.checkCanAdd();
        reactor.add(entry);
        shutdown.joined(entry.dispatcher);
        if (entry.channel instanceof StreamLayer layer) {
            try {
                layer.joined(this, entry.dispatcher);
            } catch (RuntimeException | Error e) {
                reactor.remove(entry);
                throw e;
            }
        }
    }

    /**
     * Adds a dispatcher over a channel, and reads the state from the channel. If this throws, nothing changes.
     *
     * @param earlier the dispatcher's channel until now, which leaves the loop and stays open
     */
    public BoundChannel attach(Dispatcher dispatcher, @Nullable BoundChannel earlier, Channel channel) {
        phase.checkCanAdd();
        SocketMapEntry entry = reactor.entry(dispatcher, channel, ChannelState.of(channel, earlier));
        if (earlier == null || earlier.entry.polled() != entry.polled()) {
            entry.checkRegistrable(backend);
        }
        if (earlier != null) {
            reactor.remove(earlier.entry);
        }
        add(entry);
        return new BoundChannel(entry, null, reactor, timers).inPlaceOf(earlier);
    }

    /** Turns a bound socket into a listener in its place. If that closes the socket, the dispatcher leaves the loop. */
    public BoundChannel listen(BoundChannel bound, StreamChannel socket, int backlog) throws IOException {
        phase.checkCanAdd();
        return listening.begin(bound, socket, backlog);
    }

    /** Queues a connection that another loop has accepted. Any thread. */
    void serve(StreamChannel connection, LoopGroup.Service service) {
        execute((Runnable) () -> reactor.serve(this, connection, service));
    }

    /** Adds the dispatcher of a channel, asyncore's {@code add_channel}. */
    public void join(BoundChannel channel) {
        add(channel.entry);
        channel.beginLimits();
    }

    /** Notes how many bytes a dispatcher has queued, if it is in the loop. */
    void queued(Dispatcher dispatcher, long bytes) {
        reactor.queued(dispatcher, bytes);
    }

    @Override
    public void remove(Dispatcher dispatcher) {
        thread.check();
        reactor.remove(dispatcher);
    }

    @Override
    public void refresh(Dispatcher dispatcher) {
        thread.check();
        reactor.changed(dispatcher);
    }

    // Closing.

    @Override
    public void closeAll(boolean ignoreAll) {
        thread.check();
        try {
            DispatcherClosing.closeAll(reactor, ignoreAll);
        } catch (IOException e) {
            throw pollerFailed(e);
        }
    }

    @Override
    public void close() {
        if (!phase.isOpen()) {
            return; // closed, or called by a task or dispatcher that is being ended
        }
        LoopEnding ending = new LoopEnding();
        boolean nested = thread.enter();
        try {
            phase.endTasks();
            ending.endTasks(tasks, runner, thread);
            phase.closeDispatchers();
            DispatcherClosing.closeAll(reactor, ending);
        } finally {
            phase.close();
            timers.close();
            watch.end();
            if (!nested) {
                thread.exit();
            }
        }
        ending.attempt("the poller of {} failed to close", thread, reactor::close);
        ending.rethrow();
    }

    private UncheckedIOException pollerFailed(IOException cause) {
        return new UncheckedIOException("the poller of " + thread + " failed: " + cause.getMessage(), cause);
    }

    @Override
    public String toString() {
        return thread + " with " + reactor.dispatchers().size() + " dispatchers, " + tasks.size() + " tasks, "
                + timers.size() + " timers of which " + timers.keeping() + " keep run() going";
    }
}
