// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of {@link org.asyncore.spi} as tests. A backend subclasses each contract in its own test sources and says
 * which backend it is; a promise that one backend keeps and another does not is a test missing here.
 *
 * <pre>{@code
 * final class EpollPollerTest extends PollerContract {
 *     @Override
 *     protected Backend backend() {
 *         return new EpollBackend();
 *     }
 * }
 * }</pre>
 *
 * <p>Where a backend cannot run its tests are skipped, with the reason; but not if the system property
 * {@code asyncore.pollers.required} names it, see {@link org.asyncore.conformance.Pollers}.
 */
package org.asyncore.conformance;
