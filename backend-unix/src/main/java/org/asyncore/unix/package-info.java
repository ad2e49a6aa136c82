// SPDX-License-Identifier: Apache-2.0
/**
 * Pollers and channels over Netty's native transports, for the backends {@code epoll} and {@code kqueue} only: what differs
 * between them is behind {@link org.asyncore.unix.Kernel}.
 *
 * <pre>{@code
 * final class EpollBackend extends UnixBackend {
 *     EpollBackend() {
 *         super("epoll");
 *     }
 *
 *     @Override
 *     protected Kernel openKernel() {
 *         return new EpollKernel();
 *     }
 *
 *     @Override
 *     protected @Nullable Throwable nettyUnavailabilityCause() {
 *         return Epoll.unavailabilityCause();
 *     }
 * }
 * }</pre>
 */
package org.asyncore.unix;
