// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.HostResolver;

/** Resolves the names of a test. Of names that begin with "slow" it returns the addresses when it is released. */
final class NamedHosts implements HostResolver {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    private final Map<String, List<InetAddress>> hosts = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);

    static InetAddress v4() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    static InetAddress v6() throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return InetAddress.getByAddress(bytes);
    }

    void put(String host, InetAddress... addresses) {
        hosts.put(host, List.of(addresses));
    }

    /** Lets slow names be resolved. */
    void release() {
        released.countDown();
    }

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
        begun.incrementAndGet();
        try {
            if (host.startsWith("slow")) {
                awaitRelease();
            }
            List<InetAddress> addresses = hosts.get(host);
            if (addresses == null) {
                throw new UnknownHostException("no such host in this test");
            }
            return addresses;
        } finally {
            ended.incrementAndGet();
        }
    }

    /** Waits, also after an interrupt, as the system's resolver does. */
    private void awaitRelease() {
        boolean done = false;
        while (!done) {
            try {
                released.await();
                done = true;
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        }
    }
}
