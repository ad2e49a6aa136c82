// SPDX-License-Identifier: Apache-2.0
/**
 * TLS as a channel, for every dispatcher over a stream.
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
 * connect("example.org", 443, tcp -> TlsChannel.client(tcp, context, "example.org", 443));
 * }</pre>
 *
 * <p>It is built on the JDK's {@link javax.net.ssl.SSLEngine}. The library tls-channel, which also makes a channel of
 * an engine, does not fit: it refuses to read once its output is shut down, it reports would-block by exceptions, and
 * it does not report whether there are bytes in its buffers, which a level-triggered loop has to know.
 */
package org.asyncore.tls;
