// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.ClosedChannelException;
import org.asyncore.Dispatcher;

/** Thrown to a dispatcher whose channel was closed, but not by the dispatcher. */
final class ChannelClosedException extends ClosedChannelException {
    private static final long serialVersionUID = 1;

    private final String dispatcher;

    ChannelClosedException(Dispatcher dispatcher) {
        this.dispatcher = String.valueOf(dispatcher);
    }

    @Override
    public String getMessage() {
        return "the channel of " + dispatcher
                + " was closed, but not by its dispatcher: close the dispatcher instead, which closes its channel";
    }
}
