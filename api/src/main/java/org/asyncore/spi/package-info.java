// SPDX-License-Identifier: Apache-2.0
/**
 * What a poller's provider implements. Programs use {@link org.asyncore} and never see this package, except for the
 * {@link org.asyncore.spi.StreamChannel} that a listening dispatcher accepts.
 *
 * <p>A {@link org.asyncore.spi.Backend} is named in {@code META-INF/services} or by {@code provides} in its module. It
 * translates and never decides: order, errors, timers and the state of sockets are the loop's. The suite in
 * {@code asyncore-conformance} tells whether it keeps the contract.
 *
 * <pre>{@code
 * Poller poller = backend.openPoller();
 * ServerChannel server = backend.openServer(StandardProtocolFamily.INET);
 * server.bind(new InetSocketAddress("localhost", 0), 5);
 * Registration registration = poller.register(server, ops -> System.out.println("a connection waits"));
 * registration.interest(Ops.READ);
 * poller.poll(-1);
 * StreamChannel connection = server.accept();
 * registration.cancel();
 * server.close();
 * }</pre>
 */
package org.asyncore.spi;
