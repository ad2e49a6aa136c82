// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.Channel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;

/** A registration that records its reports, and fails if one exceeds its interest. */
final class RecordingRegistration implements ReadyHandler {
    private final Channel channel;
    private final Registration registration;
    private Ops interest = Ops.NONE;
    private Ops reported = Ops.NONE;
    private int reports;
    private int closings;
    private Runnable reaction = () -> {};

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

    /** Sets the action that the handler does after each report. */
    void react(Runnable what) {
        reaction = what;
    }

    void cancel() {
        interest = Ops.NONE;
        registration.cancel();
    }

    @Override
    public void ready(Ops ops) {
        assertEquals(interest, union(interest, ops), "more than the interest was reported for " + channel);
        assertEquals(false, ops == Ops.NONE, "nothing was reported for " + channel);
        reported = union(reported, ops);
        reports++;
        reaction.run();
    }

    @Override
    public void closed() {
        closings++;
        reaction.run();
    }

    /** Returns how often the closing of the channel was reported. */
    int closings() {
        return closings;
    }

    void forget() {
        reported = Ops.NONE;
        reports = 0;
    }

    Ops reported() {
        return reported;
    }

    int reports() {
        return reports;
    }

    boolean has(Ops ops) {
        return union(reported, ops) == reported;
    }

    private static Ops union(Ops a, Ops b) {
        return Ops.of(a.reads() || b.reads(), a.writes() || b.writes());
    }

    @Override
    public String toString() {
        return channel + " (interest " + interest + ", reported " + reported + ", " + reports + " times)";
    }
}
