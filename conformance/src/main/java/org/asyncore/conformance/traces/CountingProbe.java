// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.util.Objects;
import org.asyncore.channels.StreamChannel;

/** A conversation whose items are counts of bytes. It records the rest of a count, and may begin another one. */
final class CountingProbe extends ChatProbe {
    private final long again;

    CountingProbe(Scenario scenario, String who, StreamChannel channel, long first, long again) {
        super(scenario, who, channel);
        this.again = again;
        setTerminator(first);
    }

    long missing() {
        return Objects.requireNonNull(terminator()).count();
    }

    @Override
    public void foundTerminator() {
        super.foundTerminator();
        event("inside", "terminator", missing());
        if (again > 0) {
            setTerminator(again);
        }
    }
}
