// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;

/** A poller that wakes up too early and reports too much, in any order. It never reports less than the one below. */
final class FaultyPoller implements Poller {
    private final Poller poller;
    private final FaultPlan plan;
    private final int speed;
    private final List<FaultyRegistration> registrations = new ArrayList<>();
    private final List<Runnable> reports = new ArrayList<>(); // of the current poll
    private boolean quiet = true;

    FaultyPoller(Poller poller, FaultPlan plan, int speed) {
        this.poller = poller;
        this.plan = plan;
        this.speed = speed;
    }

    /** Returns true if the last poll has waited for its timeout and has reported nothing, or if no poll was needed. */
    boolean isQuiet() {
        return quiet;
    }

    int registrations() {
        return registrations.size();
    }

    void forget(FaultyRegistration registration) {
        registrations.remove(registration);
    }

    @Override
    public Registration register(Channel channel, ReadyHandler handler) throws IOException {
        FaultyRegistration registration = new FaultyRegistration(this, handler);
        registration.below(poller.register(WrappingChannel.polled(channel), registration));
        registrations.add(registration);
        return registration;
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        reports.clear();
        wakeupPerhaps();
        addSpurious();
        long begin = System.nanoTime();
        poller.poll(reports.isEmpty() ? lapse(timeoutNanos) : 0);
        quiet = reports.isEmpty() && timeoutNanos > 0 && System.nanoTime() - begin >= lapse(timeoutNanos);
        if (plan.strikes(Fault.REORDERED_READINESS)) {
            plan.shuffle(reports);
        }
        reports.forEach(Runnable::run);
        wakeupPerhaps();
        return reports.size();
    }

    /** Returns a timeout in the system's time. */
    private long lapse(long timeoutNanos) {
        return timeoutNanos <= 0 ? timeoutNanos : (timeoutNanos - 1) / speed + 1;
    }

    private void wakeupPerhaps() {
        if (plan.strikes(Fault.WAKEUP)) {
            poller.wakeup();
        }
    }

    private void addSpurious() {
        for (FaultyRegistration registration : registrations) {
            Ops interest = registration.interest();
            if (interest != Ops.NONE && plan.strikes(Fault.SPURIOUS_READINESS)) {
                ready(registration, interest);
            }
        }
    }

    /** Notes that a registration is ready, in one report or in two. */
    void ready(FaultyRegistration registration, Ops ops) {
        if (ops == Ops.READ_WRITE && plan.strikes(Fault.SPLIT_READINESS)) {
            boolean readFirst = plan.flip();
            report(() -> registration.report(readFirst ? Ops.READ : Ops.WRITE));
            report(() -> registration.report(readFirst ? Ops.WRITE : Ops.READ));
        } else {
            report(() -> registration.report(ops));
        }
    }

    /** Adds a report, perhaps twice. */
    private void report(Runnable report) {
        reports.add(report);
        if (plan.strikes(Fault.REPEATED_READINESS)) {
            reports.add(report);
        }
    }

    /** Adds a report that comes once. */
    void reportOnce(Runnable report) {
        reports.add(report);
    }

    @Override
    public void wakeup() {
        poller.wakeup();
    }

    @Override
    public void flush() throws IOException {
        poller.flush();
    }

    @Override
    public void close() throws IOException {
        registrations.clear();
        quiet = true;
        poller.close();
    }
}
