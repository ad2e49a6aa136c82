// SPDX-License-Identifier: Apache-2.0
/**
 * Pollers and channels over Netty's native transports, for the backends {@code epoll} and {@code kqueue} only. The differences
 * between these two are behind {@link org.asyncore.unix.KernelQueue}. The whole of backend {@code epoll}:
 *
 * <pre>{@code
 * public final class EpollBackend extends UnixBackend {
 *     public EpollBackend() {
 *         super("epoll", () -> new EpollKernelQueue(), () -> Epoll.unavailabilityCause());
 *     }
 * }
 * }</pre>
 */
package org.asyncore.unix;
