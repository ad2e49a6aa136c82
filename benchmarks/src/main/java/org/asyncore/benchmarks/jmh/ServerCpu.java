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

/** What the server's thread cost in an iteration: it tells servers apart where the rate, which the client shares, does not. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class ServerCpu {
    /** JMH divides it by the time of the iteration. */
    public long serverCpuNanos;

    private @Nullable Thread server;
    private long begin;

    /** Names the server's thread. */
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
