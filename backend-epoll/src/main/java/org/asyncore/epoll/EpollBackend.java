// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.epoll.Epoll;
import org.asyncore.unix.UnixBackend;

/** The backend {@code epoll}. */
public final class EpollBackend extends UnixBackend {
    /** Called by {@link java.util.ServiceLoader}. Passes lambdas, because method references would load Netty's classes. */
    public EpollBackend() {
        super("epoll", () -> new EpollKernelQueue(), () -> Epoll.unavailabilityCause());
    }
}
