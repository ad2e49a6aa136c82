// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

/** A way to serve several clients at the same time. */
public enum ServerMode {
    /** One loop calls the hooks of all connections: asyncore's own way. */
    REACTOR,
    /** A thread for each connection: {@code ThreadingMixIn}. */
    THREADS,
    /** A virtual thread for each connection, from Java 21 on. */
    VIRTUAL,
    /** Several processes, each with a reactor, on one port: what {@code ForkingMixIn} is for. */
    PROCESSES
}
