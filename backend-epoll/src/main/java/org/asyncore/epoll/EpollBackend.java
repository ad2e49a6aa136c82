// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.epoll.Epoll;
import org.asyncore.unix.Kernel;
import org.asyncore.unix.UnixBackend;
import org.jspecify.annotations.Nullable;

/** The backend {@code epoll}. */
public final class EpollBackend extends UnixBackend {
    /** For {@link java.util.ServiceLoader}. */
    public EpollBackend() {
        super("epoll");
    }

    @Override
    protected Kernel openKernel() {
        return new EpollKernel();
    }

    @Override
    protected @Nullable Throwable nettyUnavailabilityCause() {
        return Epoll.unavailabilityCause();
    }
}
