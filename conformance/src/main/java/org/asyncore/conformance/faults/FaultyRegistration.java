// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import static java.util.Objects.requireNonNull;

import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/** A channel's entry in a {@link FaultyPoller}, and the handler of the registration below. */
final class FaultyRegistration implements Registration, ReadyHandler {
    private final FaultyPoller poller;
    private final ReadyHandler handler;
    private @Nullable Registration below;
    private Ops interest = Ops.NONE;
    private boolean ended; // cancelled, or its channel was closed

    FaultyRegistration(FaultyPoller poller, ReadyHandler handler) {
        this.poller = poller;
        this.handler = handler;
    }

    void below(Registration registration) {
        below = registration;
    }

    Ops interest() {
        return interest;
    }

    @Override
    public void interest(Ops ops) {
        requireNonNull(below).interest(ops);
        interest = ops;
    }

    @Override
    public void cancel() {
        end();
        requireNonNull(below).cancel();
    }

    private void end() {
        ended = true;
        interest = Ops.NONE;
        poller.forget(this);
    }

    // Called by the poller below.

    @Override
    public void ready(Ops ops) {
        poller.ready(this, ops);
    }

    @Override
    public void urgent() {
        poller.reportOnce(handler::urgent);
    }

    @Override
    public void closed() {
        end();
        poller.reportOnce(handler::closed);
    }

    /** Reports readiness to the handler. */
    void report(Ops ops) {
        if (!ended) {
            handler.ready(ops);
        }
    }
}
