// SPDX-License-Identifier: Apache-2.0
/**
 * Each public operation of dispatchers in each state, on every poller: the outcomes and the states afterwards must be those
 * of {@code states.md}, beside this package. A backend extends {@link org.asyncore.conformance.states.StatesContract}:
 *
 * <pre>{@code
 * final class EpollStatesTest extends StatesContract {
 *     @Override
 *     protected Backend backend() {
 *         return new EpollBackend();
 *     }
 * }
 * }</pre>
 */
package org.asyncore.conformance.states;
