// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.kqueue.KQueueIoEvent;
import io.netty.channel.kqueue.KQueueIoHandle;
import org.asyncore.unix.UnixRegistration;

/** Passes a descriptor's events from Netty to its registration. */
final class KQueueHandle implements KQueueIoHandle {
    private final UnixRegistration registration;

    KQueueHandle(UnixRegistration registration) {
        this.registration = registration;
    }

    @Override
    public int ident() {
        return registration.descriptor().intValue();
    }

    @Override
    public void handle(IoRegistration entry, IoEvent event) {
        registration.report(KQueueFilters.ready(((KQueueIoEvent) event).filter()), false);
    }

    /** Ends the registration because the poller closes. The channel stays open. */
    @Override
    public void close() {
        registration.end();
    }
}
