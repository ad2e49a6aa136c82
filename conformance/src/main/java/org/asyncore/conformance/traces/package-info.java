// SPDX-License-Identifier: Apache-2.0
/**
 * What asyncore itself did, as tests. Each scenario was recorded from CPython 3.11, hook by hook; here it is played again
 * with this library's classes, and must come out the same. A backend subclasses each class:
 *
 * <pre>{@code
 * final class EpollTurnTest extends TurnTraces {
 *     @Override
 *     protected Backend backend() {
 *         return new EpollBackend();
 *     }
 * }
 * }</pre>
 *
 * <p>A scenario that means to come out differently says so by {@link org.asyncore.conformance.traces.Departs}, and then
 * {@code docs/differences.md} names it too.
 */
package org.asyncore.conformance.traces;
