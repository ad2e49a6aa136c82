// SPDX-License-Identifier: Apache-2.0
/**
 * Handlers that block, each on a thread of its own: Python's {@code socketserver} with its {@code ThreadingMixIn}, over
 * the connections of a {@link org.asyncore.Loop}.
 *
 * <pre>{@code
 * class Server extends SocketDispatcher {
 *     private final Executor threads = Executors.newCachedThreadPool(); // or virtual threads
 *
 *     Server(Loop loop, int port) throws IOException {
 *         super(loop);
 *         createSocket();
 *         bind(new InetSocketAddress(port));
 *         listen(5);
 *     }
 *
 *     @Override
 *     public void handleAccepted(StreamChannel channel, SocketAddress remote) {
 *         BlockingConnection.serve(loop(), channel, threads, connection -> {
 *             connection.setReadTimeout(Duration.ofSeconds(30));
 *             connection.inputStream().transferTo(connection.outputStream());
 *         });
 *     }
 * }
 * }</pre>
 */
package org.asyncore.blocking;
