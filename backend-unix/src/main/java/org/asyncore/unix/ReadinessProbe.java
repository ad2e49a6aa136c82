// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.IOException;
import org.asyncore.spi.Ops;

/** Tests if a read or write of one descriptor would block, by a poller of its own: another poller may have it too. */
final class ReadinessProbe implements UnixChannel {
    private final Descriptor descriptor;
    private final UnixPoller poller;

    private ReadinessProbe(Descriptor descriptor, UnixPoller poller) {
        this.descriptor = descriptor;
        this.poller = poller;
    }

    static ReadinessProbe open(KernelQueue kernel, int number, Ops ops) throws IOException {
        ReadinessProbe probe = new ReadinessProbe(new Descriptor(number), UnixPoller.open(kernel));
        probe.poller.register(probe, ready -> {}).interest(ops);
        return probe;
    }

    boolean isReady() throws IOException {
        return poller.poll(0) > 0;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.leave();
        poller.close();
    }
}
