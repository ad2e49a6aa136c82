// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.ForwardingBackend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;

/** A backend that counts the registrations in all of its pollers. */
final class CountingBackend extends ForwardingBackend {
    private final AtomicInteger registrations = new AtomicInteger(); // changed by all loops

    CountingBackend(Backend backend) {
        super(backend);
    }

    /** Returns the number of registrations that are not cancelled. */
    int registrations() {
        return registrations.get();
    }

    @Override
    public Poller openPoller() throws IOException {
        return new CountingPoller(super.openPoller(), registrations);
    }

    private record CountingPoller(Poller poller, AtomicInteger registrations) implements Poller {
        @Override
        public Registration register(Channel channel, ReadyHandler handler) throws IOException {
            Registration registration = poller.register(WrappingChannel.polled(channel), handler);
            registrations.incrementAndGet();
            return new CountedRegistration(registration, registrations);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            return poller.poll(timeoutNanos);
        }

        @Override
        public void wakeup() {
            poller.wakeup();
        }

        @Override
        public void flush() throws IOException {
            poller.flush();
        }

        @Override
        public void close() throws IOException {
            poller.close();
        }
    }

    /** A registration that is cancelled once. */
    private record CountedRegistration(Registration registration, AtomicInteger registrations) implements Registration {
        @Override
        public void interest(Ops ops) {
            registration.interest(ops);
        }

        @Override
        public void cancel() {
            registrations.decrementAndGet();
            registration.cancel();
        }
    }
}
