// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures the CPU time of the server's thread. It can differ where the rates, which include the client, are the same. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class ServerCpu {
    /** The CPU time in an iteration. JMH divides it by the time of the iteration. */
    public long serverCpuNanos;

    private @Nullable Thread server;
    private long begin;

    /** Sets the server's thread. */
    void watch(Thread thread) {
        if (server == null) {
            server = thread;
            begin = cpuNanos(thread);
        }
    }

    @Setup(Level.Iteration)
    public void begin() {
        begin = server == null ? 0 : cpuNanos(server);
    }

    @TearDown(Level.Iteration)
    public void end() {
        serverCpuNanos = server == null ? 0 : cpuNanos(server) - begin;
    }

    private static long cpuNanos(Thread server) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(server.getId());
    }
}
