// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of each public operation of dispatchers in each state: the outcomes and the states afterwards must be those
 * of {@code states.md}, beside this package.
 */
package org.asyncore.conformance.states;
