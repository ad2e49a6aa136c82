// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A poller over a {@link Selector}, which calls the handlers during its selection. Only connection attempts wait until the
 * selection is over, because finishing one changes its key.
 */
final class NioPoller implements Poller {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int EVERY_OP = -1;

    private final Selector selector = Selector.open();
    private final Consumer<SelectionKey> onSelected = this::selected;

    /** Registrations whose connection attempt the selection reported as over; empty between polls. */
    private final List<NioRegistration> connecting = new ArrayList<>(0);

    /** Registrations whose connection attempt failed. The JDK has closed their channels, so the selector has no key of them. */
    private final List<NioRegistration> failed = new ArrayList<>();

    /** Registrations whose channel was closed before they were cancelled, until a poll has reported it. */
    private final List<NioRegistration> orphans = new ArrayList<>(0);

    /** Set by any thread, before it ends the selection; cleared by the polling thread, after the selection. */
    private final AtomicBoolean woken = new AtomicBoolean();

    /** The polling thread, written by it; other threads read it to compare themselves with it. */
    private volatile @Nullable Thread thread;

    private int reports; // of the current poll

    private @Nullable Selector probe; // opened at the first use

    NioPoller() throws IOException {}

    @Override
    public Registration register(Channel channel, ReadyHandler handler) throws IOException {
        Objects.requireNonNull(handler, "handler");
        checkOpen();
        NioChannel nio = registrable(channel);
        PollerSlot slot = nio.slot();
        boolean failed = nio instanceof NioStreamChannel stream && stream.hasFailed();
        SelectionKey key = failed ? null : freshKey(slot.channel);
        NioRegistration registration = new NioRegistration(this, nio, key, handler);
        if (key != null) {
            key.attach(registration);
        }
        slot.take(registration, this);
        return registration;
    }

    static NioChannel registrable(Channel channel) {
        if (!(channel instanceof NioChannel nio)) {
            throw new IllegalArgumentException("not a channel of nio: " + channel);
        }
        if (!nio.slot().isFree()) {
            throw new IllegalStateException("registered already: " + channel);
        }
        return nio;
    }

    /** Returns a new key. All JDKs: a cancelled key prevents a new one until the next selection. */
    private SelectionKey freshKey(SelectableChannel channel) throws IOException {
        if (channel.keyFor(selector) != null) {
            release();
        }
        return channel.register(selector, 0);
    }

    /** Drops cancelled keys. The selection consumes a wakeup of the selector, so {@link #woken} keeps it for the next poll. */
    @Override
    public void flush() throws IOException {
        checkOpen();
        release();
    }

    /** Lets the selector drop its cancelled keys, if it is still open. */
    void release() throws IOException {
        if (selector.isOpen()) {
            selector.selectNow(NioPoller::ignore);
        }
    }

    private static void ignore(SelectionKey key) {
        // the next poll selects it again
    }

    /** Returns true if the channel is ready for these operations now. Asks a second selector: the first may hold thousands. */
    boolean selects(SelectableChannel channel, int ops) throws IOException {
        if (!selector.isOpen()) {
            return false;
        }
        Selector current = probe;
        if (current == null) {
            current = Selector.open();
            probe = current;
        }
        SelectionKey key = channel.register(current, ops);
        boolean ready = current.selectNow() > 0;
        key.cancel();
        current.selectNow();
        return ready;
    }

    /** Returns true if this is the polling thread, or no thread has polled yet. */
    boolean isOnItsThread() {
        return thread == null || thread == Thread.currentThread();
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        checkOpen();
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
        }
        reports = 0;
        await(orphans.isEmpty() ? timeoutNanos : 0);
        reportClosed();
        return reports;
    }

    private void reportClosed() {
        while (!orphans.isEmpty()) {
            orphans.remove(orphans.size() - 1).reportClosed();
            reports++;
        }
    }

    private void await(long timeoutNanos) throws IOException {
        long deadline = System.nanoTime() + timeoutNanos;
        long remaining = timeoutNanos;
        boolean over = takeWakeup();
        do {
            select(over || anyFailedWaits() ? 0 : remaining);
            settle();
            over |= takeWakeup();
            remaining = timeoutNanos < 0 ? timeoutNanos : Math.max(0, deadline - System.nanoTime());
        } while (!over
                && remaining != 0
                && reports == 0
                && !Thread.currentThread().isInterrupted());
    }

    private boolean takeWakeup() {
        return woken.get() && woken.getAndSet(false);
    }

    private void select(long timeoutNanos) throws IOException {
        if (timeoutNanos == 0) {
            selector.selectNow(onSelected);
        } else {
            selector.select(onSelected, timeoutNanos < 0 ? 0 : millis(timeoutNanos));
        }
    }

    /** Rounds up, because repeated waits for the rest of a millisecond would be a busy loop. */
    private static long millis(long nanos) {
        return (nanos - 1) / NANOS_PER_MILLI + 1;
    }

    private void selected(SelectionKey key) {
        NioRegistration registration = (NioRegistration) key.attachment();
        if (registration.isConnecting()) {
            connecting.add(registration);
        } else {
            report(registration, key.readyOps());
        }
    }

    private void report(NioRegistration registration, int readyOps) {
        if (registration.report(readyOps)) {
            reports++;
        }
    }

    /** Finishes the connection attempts that are over. Reports the readiness of the new connections, and the failed ones. */
    private void settle() throws IOException {
        while (!connecting.isEmpty()) { // another attempt may be over by the second selection
            boolean connected = false;
            while (!connecting.isEmpty()) {
                connected |= connecting.remove(connecting.size() - 1).settle();
            }
            if (connected) {
                selector.selectNow(onSelected);
            }
        }
        for (int i = 0; i < failed.size(); i++) {
            report(failed.get(i), EVERY_OP);
        }
    }

    private boolean anyFailedWaits() {
        for (int i = 0; i < failed.size(); i++) {
            if (failed.get(i).isWaiting()) {
                return true;
            }
        }
        return false;
    }

    /** Adds a registration whose attempt failed. It has no key, so each poll reports it from this list. */
    void failed(NioRegistration registration) {
        if (!failed.contains(registration)) {
            failed.add(registration);
        }
    }

    /** Adds a registration whose channel was closed before it was cancelled. */
    void orphaned(NioRegistration registration) {
        failed.remove(registration);
        orphans.add(registration);
    }

    void forget(NioRegistration registration) {
        failed.remove(registration);
        orphans.remove(registration);
    }

    @Override
    public void wakeup() {
        if (!woken.getAndSet(true)) {
            selector.wakeup();
        }
    }

    @Override
    public void close() throws IOException {
        if (!selector.isOpen()) {
            return;
        }
        for (SelectionKey key : selector.keys()) {
            ((NioRegistration) key.attachment()).detach();
        }
        failed.forEach(NioRegistration::detach);
        failed.clear();
        orphans.clear();
        try {
            selector.close();
        } finally {
            closeProbe();
        }
    }

    private void closeProbe() throws IOException {
        if (probe != null) {
            probe.close();
        }
    }

    private void checkOpen() {
        if (!selector.isOpen()) {
            throw new IllegalStateException("the poller is closed");
        }
    }
}
