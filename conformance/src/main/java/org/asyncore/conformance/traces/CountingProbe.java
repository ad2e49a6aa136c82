// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.util.Objects;
import org.asyncore.channels.StreamChannel;

/** Its items are so many bytes; records what is left of the count, and perhaps begins another. */
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
