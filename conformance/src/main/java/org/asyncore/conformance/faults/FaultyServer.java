// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import org.asyncore.channels.ForwardingServerChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/** A listener that accepts late, finds no descriptor, or finds that the pending connection was reset. */
final class FaultyServer extends ForwardingServerChannel {
    private final FaultyBackend backend;
    private final FaultPlan plan;

    FaultyServer(ServerChannel server, FaultyBackend backend, FaultPlan plan) {
        super(server);
        this.backend = backend;
        this.plan = plan;
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        if (isOpen() && plan.strikes(Fault.TOO_MANY_OPEN_FILES)) {
            throw new TooManyOpenFilesException(new IOException("fault on purpose"));
        }
        if (isOpen() && plan.strikes(Fault.SLOW_ACCEPT)) {
            return null;
        }
        StreamChannel accepted = super.accept();
        if (accepted != null && plan.strikes(Fault.RESET)) {
            FaultyStream.resetAtClose(accepted);
            accepted.close();
            return null;
        }
        return accepted == null ? null : backend.stream(accepted);
    }
}
