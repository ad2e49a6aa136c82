// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.ChannelException;
import io.netty.channel.IoHandler;
import java.io.IOException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;

/**
 * A poller over Netty's {@link IoHandler}, which calls the registrations while it runs.
 *
 * <p>It swallows an exception of a {@link ReadyHandler}, drops the rest of the batch and sleeps for a second (seen with
 * Netty 4.2.18). A {@code ReadyHandler} must not throw, so this does not happen. Netty's handler does the same if it runs
 * after it was destroyed; {@link #closed} prevents that.
 */
public final class UnixPoller implements Poller {
    /** Netty's kqueue loses changes when more than 4096 wait for one call of the kernel (4.2.18, seen on Linux). */
    private static final int MAX_CHANGES = 4096 - 4;

    private final Kernel kernel;
    private final Waiting waiting = new Waiting();
    private final IoHandler io;
    /** Channels that the kernel does not poll, and somebody waits for. */
    private final List<UnixRegistration> alwaysReady = new ArrayList<>(0);

    /** Those whose channel was closed while they were registered, until a poll has reported it. */
    private final List<UnixRegistration> orphans = new ArrayList<>(0);

    /** FIFOs whose first writer has not come. */
    private final List<UnixRegistration> awaiting = new ArrayList<>(0);

    private int reports; // of the current poll
    private boolean silent; // the kernel is called for another reason than a poll
    private int changes;
    private boolean withdrawn; // the changes contain deletions of filters
    private boolean closed;

    private UnixPoller(Kernel kernel) {
        this.kernel = kernel;
        this.io = kernel.open(waiting);
    }

    /** Opens a poller over this kernel. */
    public static UnixPoller open(Kernel kernel) throws IOException {
        try {
            return new UnixPoller(kernel);
        } catch (ChannelException | IllegalStateException e) {
            throw new IOException("cannot open a poller of " + kernel.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Registration register(Channel channel, ReadyHandler handler) throws IOException {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        UnixChannel unix = registrable(channel, kernel.name());
        UnixFifoReader awaited = unix.awaited(); // asked first: once it is null, the descriptor is the one to poll
        Descriptor descriptor = unix.descriptor();
        descriptor.requireOpen();
        var registration = new UnixRegistration(this, descriptor, unix.seeing(handler));
        if (awaited != null) {
            await(registration, awaited);
        } else if (unix.polled()) {
            enter(registration);
        }
        descriptor.registration = registration;
        return registration;
    }

    static UnixChannel registrable(Channel channel, String backend) {
        if (!(channel instanceof UnixChannel unix)) {
            throw new IllegalArgumentException("not a channel of " + backend + ": " + channel);
        }
        if (unix.descriptor().registration != null) {
            throw new IllegalStateException("registered already: " + channel);
        }
        return unix;
    }

    private void await(UnixRegistration registration, UnixFifoReader reader) {
        registration.awaited = reader;
        awaiting.add(registration);
        reader.wakes(this);
        if (reader.hasCome()) {
            waiting.arrive();
        }
    }

    /** Called by the thread that has seen a FIFO's first writer. */
    void arrived() {
        if (waiting.arrive()) {
            io.wakeup();
        }
    }

    /** Polls the FIFOs whose first writer has come. */
    private void admit() throws IOException {
        if (!waiting.takeArrival()) {
            return;
        }
        for (int i = awaiting.size() - 1; i >= 0; i--) {
            UnixRegistration registration = awaiting.get(i);
            UnixFifoReader reader = registration.awaited;
            if (reader != null && reader.hasCome()) {
                awaiting.remove(i);
                registration.awaited = null;
                admit(registration, reader);
            }
        }
    }

    private void admit(UnixRegistration registration, UnixFifoReader reader) throws IOException {
        Ops interest = registration.interest();
        if (reader.polled()) {
            registration.moveTo(reader.descriptor());
            enter(registration);
            changed(kernel.submit(Objects.requireNonNull(registration.kernelEntry), Ops.NONE, interest));
        } else if (interest != Ops.NONE) {
            alwaysReady.add(registration); // reading it tells why
        }
    }

    private void enter(UnixRegistration registration) throws IOException {
        try {
            registration.kernelEntry = io.register(kernel.handle(registration));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot register: " + e.getMessage(), e);
        }
    }

    void change(UnixRegistration registration, Ops interest) {
        requireOpen();
        var entry = registration.kernelEntry;
        if (entry != null) {
            changed(kernel.submit(entry, registration.interest(), interest));
        } else if (interest == Ops.NONE) {
            alwaysReady.remove(registration);
        } else if (registration.awaited == null && registration.interest() == Ops.NONE) {
            alwaysReady.add(registration);
        }
    }

    void withdraw(UnixRegistration registration) {
        var entry = registration.kernelEntry;
        if (entry != null) {
            int count = kernel.withdraw(entry, registration.interest());
            withdrawn |= count > 0;
            changed(count);
        } else {
            alwaysReady.remove(registration);
            stopAwaiting(registration);
        }
    }

    private void stopAwaiting(UnixRegistration registration) {
        UnixFifoReader reader = registration.awaited;
        if (reader != null) {
            reader.wakes(null);
            awaiting.remove(registration);
        }
    }

    private void changed(int count) {
        changes += count;
        if (changes > MAX_CHANGES) {
            runSilently();
        }
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        requireOpen();
        waiting.enter();
        reports = 0;
        admit();
        if (timeoutNanos == 0 || waiting.woken() || !alwaysReady.isEmpty() || !orphans.isEmpty()) {
            look();
        } else {
            block(timeoutNanos);
        }
        waiting.consumeWakeup();
        for (int i = 0; i < alwaysReady.size(); i++) {
            alwaysReady.get(i).report(Ops.READ_WRITE, false);
        }
        reportClosed();
        return reports;
    }

    private void reportClosed() {
        while (!orphans.isEmpty()) {
            orphans.remove(orphans.size() - 1).reportClosed();
            reports++;
        }
    }

    @Override
    public void flush() {
        requireOpen();
        waiting.enter();
        runSilently();
    }

    /** Drops what the kernel reports, because no poll is running. The kernel is level-triggered and reports it again. */
    private void runSilently() {
        silent = true;
        try {
            run(false);
        } finally {
            silent = false;
        }
    }

    /**
     * Looks once, without waiting. A kevent(2) whose changes fail returns their errors and no events; the deletion of a
     * filter does fail where its descriptor was closed meanwhile, so then it takes a second look.
     */
    private void look() {
        boolean again = withdrawn;
        run(false);
        if (again && reports == 0) {
            run(false);
        }
    }

    private void block(long timeoutNanos) throws IOException {
        waiting.begin(timeoutNanos, this);
        try {
            do {
                run(true);
                admit();
            } while (reports == 0 && alwaysReady.isEmpty() && !waiting.over());
        } finally {
            waiting.end();
        }
    }

    private void run(boolean mayBlock) {
        waiting.mayBlock(mayBlock);
        io.run(waiting);
        changes = 0;
        withdrawn = false;
    }

    /** Returns whether handlers may be called now. */
    boolean isReporting() {
        return !silent;
    }

    /** Counts a call of a handler. */
    void reported() {
        reports++;
    }

    /** The channel was closed and its registration was not cancelled before. */
    void orphaned(UnixRegistration registration) {
        orphans.add(registration);
    }

    void forget(UnixRegistration orphan) {
        orphans.remove(orphan);
    }

    @Override
    public void wakeup() {
        if (waiting.wake()) {
            io.wakeup();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("poller is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            waiting.wake(); // for ever: a later wakeup must not write to a descriptor that is somebody else's by then
            while (!alwaysReady.isEmpty()) {
                alwaysReady.remove(alwaysReady.size() - 1).end();
            }
            orphans.clear();
            while (!awaiting.isEmpty()) {
                UnixRegistration last = awaiting.get(awaiting.size() - 1);
                stopAwaiting(last);
                last.end();
            }
            io.prepareToDestroy();
            io.destroy();
        }
    }
}
