// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

/** Serves one connection on a thread of its own: {@code BaseRequestHandler} of Python's {@code socketserver}. */
@FunctionalInterface
public interface BlockingHandler {
    /**
     * Serves the connection until this returns, which closes it.
     *
     * @throws Exception if it fails. A failure of the connection itself (a reset, a timeout, an interrupt) is logged as
     *     one line at level INFO, any other exception at level ERROR, both with the peer's address
     */
    void handle(BlockingConnection connection) throws Exception;
}
