// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import org.asyncore.unix.UnixRegistration;

/** Passes a descriptor's events from Netty to its registration. */
final class EpollHandle implements EpollIoHandle {
    private final UnixRegistration registration;

    EpollHandle(UnixRegistration registration) {
        this.registration = registration;
    }

    @Override
    public FileDescriptor fd() {
        return registration.descriptor();
    }

    @Override
    public void handle(IoRegistration entry, IoEvent event) {
        int events = ((EpollIoEvent) event).ops().value();
        registration.report(EpollOps.ready(events), EpollOps.urgent(events));
    }

    /** Ends the registration because the poller closes. The channel stays open. */
    @Override
    public void close() {
        registration.end();
    }
}
