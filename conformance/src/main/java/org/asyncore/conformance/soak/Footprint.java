// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.asyncore.conformance.OpenDescriptors;

/**
 * What a process holds at one moment.
 *
 * @param descriptors the open sockets and pipes
 * @param registrations the registrations in pollers
 * @param connections the dispatchers of connections
 * @param queuedBytes the bytes that they have queued
 * @param heapBytes the heap in use after a collection
 * @param directBytes the memory of direct buffers after a collection
 */
record Footprint(
        long descriptors, int registrations, int connections, long queuedBytes, long heapBytes, long directBytes) {
    private static final long MEBIBYTE = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MORE_DESCRIPTORS = OpenDescriptors.areExact() ? 0 : 100; // the JVM opens some at any time

    /** Measures after a garbage collection, once the servers have seen the ends of their connections. */
    static Footprint measure(CountingBackend backend, SoakServers servers) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (servers.connections() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        System.gc();
        return new Footprint(
                OpenDescriptors.count(),
                backend.registrations(),
                servers.connections(),
                servers.queuedBytes(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                directBufferBytes());
    }

    private static long directBufferBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /**
     * Measures until the footprint is back at this one, apart from these amounts of memory, or for 30 seconds, because the
     * JVM frees direct buffers later. Returns the last footprint.
     */
    Footprint await(long moreHeapBytes, long moreDirectBytes, CountingBackend backend, SoakServers servers) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Footprint after = measure(backend, servers);
        while (!after.isWithin(this, moreHeapBytes, moreDirectBytes) && System.nanoTime() - end < 0) {
            after = measure(backend, servers);
        }
        return after;
    }

    /** Returns true if this is no more than an earlier footprint and these amounts of memory. */
    boolean isWithin(Footprint before, long moreHeapBytes, long moreDirectBytes) {
        return descriptors <= before.descriptors + MORE_DESCRIPTORS
                && registrations == before.registrations
                && connections == 0
                && queuedBytes == 0
                && heapBytes <= before.heapBytes + moreHeapBytes
                && directBytes <= before.directBytes + moreDirectBytes;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d descriptors, %d registrations, %d connections, %d bytes queued, %.2f MiB of heap, %.2f MiB of direct buffers",
                descriptors,
                registrations,
                connections,
                queuedBytes,
                (double) heapBytes / MEBIBYTE,
                (double) directBytes / MEBIBYTE);
    }
}
