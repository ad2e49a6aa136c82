// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Searches for the end of a line in the input of a conversation, without a socket. The search is linear if a byte costs
 * the same in short lines and in long ones, for each size of reads. One operation is one byte.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP})
public class SearchBenchmark {
    private static final int BYTES = 1 << 20;

    /** An ordinary line, and one in which each byte can begin the terminator. */
    @Param({"crlf", "nasty"})
    String subject = "";

    /** The bytes of a line, its terminator included. */
    @Param({"65536", "1048576"})
    int line;

    /** The bytes of a read. */
    @Param({"1", "1460", "65536"})
    int cut;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private ArrayLineReader reader;

    @Setup
    public void open() {
        boolean nasty = subject.equals("nasty");
        reader = new ArrayLineReader(nasty ? 'a' : 'x', nasty ? "aaaaaaab" : "\r\n", line, BYTES, cut);
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public long search() throws Exception {
        return reader.readAll();
    }

    @TearDown
    public void close() {
        reader.loop().close();
    }
}
