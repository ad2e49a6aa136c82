// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import io.netty.channel.kqueue.KQueue;
import org.asyncore.unix.Kernel;
import org.asyncore.unix.UnixBackend;
import org.jspecify.annotations.Nullable;

/** The backend {@code kqueue}. */
public final class KQueueBackend extends UnixBackend {
    /** For {@link java.util.ServiceLoader}. */
    public KQueueBackend() {
        super("kqueue");
    }

    @Override
    protected Kernel openKernel() {
        return new KQueueKernel();
    }

    @Override
    protected @Nullable Throwable nettyUnavailabilityCause() {
        return KQueue.unavailabilityCause();
    }
}
