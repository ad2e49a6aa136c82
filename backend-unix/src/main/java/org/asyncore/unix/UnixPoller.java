// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.ChannelException;
import io.netty.channel.IoHandler;
import java.io.IOException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.channels.TooManyOpenFilesException;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;

/**
 * A poller over Netty's {@link IoHandler}, which calls the registrations while it runs.
 *
 * <p>Netty's handler swallows an exception of a {@link ReadyHandler}, drops the rest of the batch and sleeps for a second
 * (seen with Netty 4.2.18). A {@code ReadyHandler} must not throw, so this does not happen. Netty's handler does the same if
 * it runs after it was destroyed; {@link #closed} prevents that.
 */
final class UnixPoller implements Poller {
    /** Netty's kqueue loses changes when more than 4096 wait for one call of the kernel (4.2.18, seen on Linux). */
    private static final int MAX_CHANGES = 4096 - 4;

    private final KernelQueue kernel;
    private final WaitContext context = new WaitContext();
    private final IoHandler io;

    /** Registrations with an interest whose channels the kernel cannot poll. */
    private final List<UnixRegistration> alwaysReady = new ArrayList<>(0);

    /** Registrations whose channel was closed before they were cancelled, until a poll has reported it. */
    private final List<UnixRegistration> orphans = new ArrayList<>(0);

    /** Registrations of FIFOs whose first writer has not come. */
    private final List<UnixRegistration> awaiting = new ArrayList<>(0);

    private int reports; // of the current poll
    private boolean silent; // the kernel is called outside of a poll
    private int changes;
    private boolean withdrawn; // the changes contain deletions of filters
    private boolean closed;

    private UnixPoller(KernelQueue kernel) {
        this.kernel = kernel;
        this.io = kernel.open(context);
    }

    /** Opens a poller over this kernel. */
    static UnixPoller open(KernelQueue kernel) throws IOException {
        try {
            return new UnixPoller(kernel);
        } catch (ChannelException | IllegalStateException e) {
            throw TooManyOpenFilesException.recognize(new IOException(e.getMessage(), e));
        }
    }

    @Override
    public Registration register(Channel channel, ReadyHandler handler) throws IOException {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(handler, "handler");
        checkOpen();
        UnixChannel unix = registrable(channel, kernel.name());
        UnixFifoReader awaited = unix.awaited(); // read first: when it is null, the descriptor is the one to poll
        Descriptor descriptor = unix.descriptor();
        descriptor.checkOpen();
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
            context.arrive();
        }
    }

    /** Called by the thread that has seen a FIFO's first writer. */
    void arrived() {
        if (context.arrive()) {
            io.wakeup();
        }
    }

    /** Polls the FIFOs whose first writer has come. */
    private void admit() throws IOException {
        if (!context.takeArrival()) {
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
            alwaysReady.add(registration); // a read throws the reason
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
        checkOpen();
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
        checkOpen();
        context.enter();
        reports = 0;
        admit();
        if (timeoutNanos == 0 || context.woken() || !alwaysReady.isEmpty() || !orphans.isEmpty()) {
            look();
        } else {
            block(timeoutNanos);
        }
        context.consumeWakeup();
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
        checkOpen();
        context.enter();
        runSilently();
    }

    /** Runs Netty's handler and drops its reports, because no poll is running. They are level-triggered and come again. */
    private void runSilently() {
        silent = true;
        try {
            run(false);
        } finally {
            silent = false;
        }
    }

    /**
     * Asks the kernel without a wait. A kevent(2) whose changes fail returns their errors and no events, so it is called
     * again after deletions of filters: these fail if the descriptor was closed meanwhile.
     */
    private void look() {
        boolean again = withdrawn;
        run(false);
        if (again && reports == 0) {
            run(false);
        }
    }

    private void block(long timeoutNanos) throws IOException {
        context.begin(timeoutNanos, this);
        try {
            do {
                run(true);
                admit();
            } while (reports == 0 && alwaysReady.isEmpty() && !context.over());
        } finally {
            context.end();
        }
    }

    private void run(boolean mayBlock) {
        context.mayBlock(mayBlock);
        io.run(context);
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

    /** Adds a registration whose channel was closed before it was cancelled. */
    void orphaned(UnixRegistration registration) {
        orphans.add(registration);
    }

    void forget(UnixRegistration orphan) {
        orphans.remove(orphan);
    }

    @Override
    public void wakeup() {
        if (context.wake()) {
            io.wakeup();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.wake(); // never cleared: a later wakeup must not write to a descriptor that belongs to another
            // file by then
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
