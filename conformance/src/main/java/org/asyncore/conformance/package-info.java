// SPDX-License-Identifier: Apache-2.0
/**
 * Tests that every backend passes. A backend extends {@link org.asyncore.conformance.BackendConformance} once, in its own
 * test sources:
 *
 * <pre>{@code
 * final class EpollConformanceTest extends BackendConformance {
 *     @Override
 *     public Backend backend() {
 *         return new EpollBackend();
 *     }
 * }
 * }</pre>
 *
 * <p>It then runs all contracts: those of pollers and channels, which are in this package, and those of the other packages of
 * this module. A promise that one backend keeps and another does not keep is a test that is missing here.
 *
 * <p>Where a backend cannot run, its tests are skipped, and give the reason. They fail instead if the system property
 * {@code asyncore.pollers.required} names the backend, see {@link org.asyncore.conformance.Pollers}.
 */
package org.asyncore.conformance;
