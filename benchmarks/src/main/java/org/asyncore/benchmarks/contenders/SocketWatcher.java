// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.Closeable;
import java.io.IOException;

/**
 * One way to wait for many sockets, with only the operations that the benchmarks of a turn need. All watchers have the
 * same kind of sources: both ends of connected Unix-domain sockets, so that 10,000 sources take no more than 10,000
 * descriptors.
 *
 * <p>Source {@code i} is connected to source {@code i ^ 1}. A watcher is used by one thread.
 */
public interface SocketWatcher extends Closeable {
    /** Opens an even number of sources, and watches them for reading. */
    void open(int sources) throws Exception;

    /** Sends a byte to a source. The byte is never read, so the source stays ready. */
    void makeReady(int source) throws IOException;

    /** Polls once without waiting, and delivers the events. */
    void turn() throws IOException;

    /** Returns the number of events that {@link #turn} has delivered. */
    long events();

    /** Sets whether a source is watched for reading. */
    void interest(int source, boolean reading) throws IOException;

    /** Stops watching a source, and leaves it open. */
    void leave(int source);

    /** Watches a source again, after {@link #leave} and a turn. */
    void join(int source) throws Exception;
}
