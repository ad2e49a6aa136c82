// SPDX-License-Identifier: Apache-2.0
/**
 * The five types that the author of a poller reads, and {@link org.asyncore.spi.ForwardingBackend} for one that wraps
 * another. Programs use {@link org.asyncore} and need nothing of this package.
 *
 * <p>A {@link org.asyncore.spi.Backend} is named in {@code META-INF/services} or by {@code provides} in its module. It
 * translates and never decides: order, errors, timers and the state of sockets are the loop's. The suite in
 * {@code asyncore-conformance} shows whether a backend keeps this contract.
 *
 * <pre>{@code
 * Poller poller = backend.openPoller();
 * ServerChannel server = backend.openServer(StandardProtocolFamily.INET);
 * server.bind(new InetSocketAddress("localhost", 0), 5);
 * List<Ops> reported = new ArrayList<>(); // a handler only notes what is ready
 * Registration registration = poller.register(server, reported::add);
 * registration.interest(Ops.READ);
 * poller.poll(-1);
 * StreamChannel connection = server.accept();
 * registration.cancel();
 * server.close();
 * }</pre>
 */
package org.asyncore.spi;
