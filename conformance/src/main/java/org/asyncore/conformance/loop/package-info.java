// SPDX-License-Identifier: Apache-2.0
/**
 * What a loop promises over a backend's poller: about running and stopping, about threads, and about garbage. A backend
 * subclasses each contract, as it does those of {@link org.asyncore.conformance}:
 *
 * <pre>{@code
 * final class EpollLoopTest extends LoopContract {
 *     @Override
 *     protected Backend backend() {
 *         return new EpollBackend();
 *     }
 * }
 * }</pre>
 */
package org.asyncore.conformance.loop;
