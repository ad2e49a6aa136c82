// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.IOException;
import org.asyncore.spi.Ops;

/** Asks whether reading or writing one descriptor would wait, by a poller of its own, whoever else polls it. */
final class Probe implements UnixChannel {
    private final Descriptor descriptor;
    private final UnixPoller poller;

    private Probe(Descriptor descriptor, UnixPoller poller) {
        this.descriptor = descriptor;
        this.poller = poller;
    }

    static Probe open(Kernel kernel, int number, Ops ops) throws IOException {
        Probe probe = new Probe(new Descriptor(number), UnixPoller.open(kernel));
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
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() {
        descriptor.leave();
        poller.close();
    }
}
