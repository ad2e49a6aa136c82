// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.Closeable;
import java.io.IOException;

/**
 * One way to wait for many sockets, reduced to what the benchmarks of a turn need. All contenders watch the same kind of
 * source: both ends of connected Unix-domain sockets, so that ten thousand take no more than ten thousand descriptors.
 *
 * <p>Source {@code i} is connected to source {@code i ^ 1}. One thread.
 */
public interface Contender extends Closeable {
    /** Opens sources and watches them for reading; an even number. */
    void open(int sources) throws Exception;

    /** Sends a byte to a source, which is never read: the source stays ready. */
    void makeReady(int source) throws IOException;

    /** Looks once, without waiting, and delivers what is ready. */
    void turn() throws IOException;

    /** How many events {@link #turn} has delivered. */
    long events();

    /** Watches a source for reading, or for nothing. */
    void interest(int source, boolean reading) throws IOException;

    /** Forgets a source, which stays open. */
    void leave(int source);

    /** Watches a source again after {@link #leave} and a turn. */
    void join(int source) throws Exception;
}
