// SPDX-License-Identifier: Apache-2.0
/**
 * The non-blocking channels that dispatchers use. A backend opens them; each method returns at once, and the loop waits
 * for readiness. Programs use {@link org.asyncore.channels.StreamChannel}, which a listening dispatcher accepts.
 *
 * <p>The methods have the names, results and exceptions of {@code java.nio.channels}: {@code read} returns 0 when it
 * would block and -1 at the end of the stream, {@code write} returns 0 when it would block, {@code accept} and
 * {@code receive} return null. A channel belongs to the thread of its loop; before it joins one, to the thread that
 * holds it.
 *
 * <pre>{@code
 * final class Greeter extends SocketDispatcher {
 *     Greeter(Loop loop) {
 *         super(loop);
 *     }
 *
 *     @Override
 *     public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
 *         connection.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.US_ASCII)));
 *         connection.close();
 *     }
 * }
 * }</pre>
 */
package org.asyncore.channels;
