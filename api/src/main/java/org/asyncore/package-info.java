// SPDX-License-Identifier: Apache-2.0
/**
 * Python's {@code asyncore} for Java. A program extends {@link org.asyncore.SocketDispatcher}, says when it wants to
 * read and write, and a {@link org.asyncore.Loop} calls it back; a poller from the class path waits for it.
 *
 * <pre>{@code
 * class EchoServer extends SocketDispatcher {
 *     EchoServer(Loop loop, int port) throws IOException {
 *         super(loop);
 *         createSocket();
 *         setReuseAddr();
 *         bind(new InetSocketAddress(port));
 *         listen(5);
 *     }
 *
 *     @Override
 *     public void handleAccepted(StreamChannel channel, SocketAddress remote) {
 *         new EchoHandler(loop(), channel);
 *     }
 * }
 *
 * class EchoHandler extends SocketDispatcher {
 *     EchoHandler(Loop loop, StreamChannel channel) {
 *         super(loop, channel);
 *     }
 *
 *     @Override
 *     public boolean writable() {
 *         return false;
 *     }
 *
 *     @Override
 *     public void handleRead() throws IOException {
 *         ByteBuffer buffer = readBuffer();
 *         if (recv(buffer) > 0) {
 *             send(buffer.flip());
 *         }
 *     }
 * }
 *
 * try (Loop loop = Loop.open()) {
 *     new EchoServer(loop, 8007);
 *     loop.run();
 * }
 * }</pre>
 */
package org.asyncore;
