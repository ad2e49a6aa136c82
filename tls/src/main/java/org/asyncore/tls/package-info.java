// SPDX-License-Identifier: Apache-2.0
/**
 * TLS for every dispatcher, by the channel it is given.
 *
 * <pre>{@code
 * SSLContext context = new PemContext().identity(Path.of("chain.pem"), Path.of("key.pem")).build();
 *
 * // in a listener
 * public void handleAccepted(StreamChannel channel, SocketAddress remote) {
 *     new EchoHandler(loop(), TlsChannel.server(channel, context));
 * }
 *
 * // in a client: handleConnect follows the handshake
 * createSocket();
 * setSocket(TlsChannel.client(stream(), new PemContext().build(), "example.org", 443));
 * connect(new InetSocketAddress("example.org", 443));
 * }</pre>
 *
 * <p>It is built on the JDK's {@link javax.net.ssl.SSLEngine}. The library tls-channel, which makes a channel of an engine too,
 * would not do: once it has ended its sending it refuses to read, it does not tell whether bytes wait in its buffers, which a
 * level-triggered loop has to know, and it says would-block by exceptions.
 */
package org.asyncore.tls;
