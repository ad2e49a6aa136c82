// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.channels.Channel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/** A registration that records its reports. Its accessors fail if a report had more ops than the interest. */
final class RecordingRegistration implements ReadyHandler {
    private final Channel channel;
    private final Registration registration;
    private Ops interest = Ops.NONE;
    private Ops reported = Ops.NONE;
    private int reports;
    private int closings;
    private @Nullable Thread reportedOn;
    private @Nullable String violation;

    RecordingRegistration(Poller poller, Channel channel) throws IOException {
        this.channel = channel;
        this.registration = poller.register(channel, this);
    }

    void interest(Ops ops) {
        interest = ops;
        registration.interest(ops);
    }

    Channel channel() {
        return channel;
    }

    void cancel() {
        interest = Ops.NONE;
        registration.cancel();
    }

    @Override
    public void ready(Ops ops) {
        if (ops == Ops.NONE || interest != union(interest, ops)) {
            violation = ops + " was reported to the interest " + interest + " in " + channel;
        }
        reportedOn = Thread.currentThread();
        reported = union(reported, ops);
        reports++;
    }

    @Override
    public void closed() {
        closings++;
    }

    /** Returns the number of times that the close of the channel was reported. */
    int closings() {
        check();
        return closings;
    }

    void forget() {
        reported = Ops.NONE;
        reports = 0;
    }

    Ops reported() {
        check();
        return reported;
    }

    int reports() {
        check();
        return reports;
    }

    boolean has(Ops ops) {
        check();
        return union(reported, ops) == reported;
    }

    /** Returns the thread that made the last report. */
    @Nullable
    Thread reportedOn() {
        return reportedOn;
    }

    private void check() {
        assertNull(violation, violation);
    }

    private static Ops union(Ops a, Ops b) {
        return Ops.of(a.reads() || b.reads(), a.writes() || b.writes());
    }

    @Override
    public String toString() {
        return channel + " (interest " + interest + ", reported " + reported + ", " + reports + " times)";
    }
}
