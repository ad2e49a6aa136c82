// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.ClosedChannelException;
import org.asyncore.Dispatcher;

/** Tells a dispatcher that its channel was closed and the dispatcher was not. */
final class ClosedBehindException extends ClosedChannelException {
    private static final long serialVersionUID = 1;

    private final String dispatcher;

    ClosedBehindException(Dispatcher dispatcher) {
        this.dispatcher = String.valueOf(dispatcher);
    }

    @Override
    public String getMessage() {
        return "the channel of " + dispatcher + " was closed behind it: close the dispatcher, which closes its channel";
    }
}
