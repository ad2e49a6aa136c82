// SPDX-License-Identifier: Apache-2.0
/**
 * Pollers and channels over Netty's native transports, for the backends {@code epoll} and {@code kqueue} only: what differs
 * between them is behind {@link org.asyncore.unix.Kernel}.
 *
 * <pre>{@code
 * UnixBackend unix = new UnixBackend(new EpollKernel());
 * Poller poller = unix.openPoller();
 * StreamChannel channel = unix.openStream(StandardProtocolFamily.INET);
 * }</pre>
 */
package org.asyncore.unix;
