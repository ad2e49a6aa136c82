// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import io.netty.channel.kqueue.KQueue;
import org.asyncore.unix.UnixBackend;

/** The backend {@code kqueue}. */
public final class KQueueBackend extends UnixBackend {
    /** Called by {@link java.util.ServiceLoader}. Passes lambdas, because method references would load Netty's classes. */
    public KQueueBackend() {
        super("kqueue", () -> new KQueueKernelQueue(), () -> KQueue.unavailabilityCause());
    }
}
