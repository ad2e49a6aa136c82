// SPDX-License-Identifier: Apache-2.0
/**
 * TLS for every dispatcher, by the channel it is given.
 *
 * <pre>{@code
 * SSLContext context = new PemContext().identity(Path.of("chain.pem"), Path.of("key.pem")).build();
 *
 * final class Listener extends SocketDispatcher {
 *     // ...
 *     protected void handleAccepted(StreamChannel channel, SocketAddress remote) {
 *         new EchoHandler(loop(), TlsChannel.server(channel, context));
 *     }
 * }
 *
 * client.createSocket();
 * client.setSocket(TlsChannel.client(client.stream(), SSLContext.getDefault(), "example.org", 443));
 * client.connect(new InetSocketAddress("example.org", 443)); // handleConnect follows the handshake
 * }</pre>
 *
 * <p>It is built on {@link javax.net.ssl.SSLEngine} and on no other library: those that make a channel of an engine end both
 * directions at once, do not tell whether bytes wait in their buffers, which a level-triggered loop has to know, or signal
 * would-block by exceptions.
 */
package org.asyncore.tls;
