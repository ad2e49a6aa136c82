// SPDX-License-Identifier: Apache-2.0
/**
 * Contracts of the recorded scenarios. Each scenario was recorded from CPython 3.11, hook by hook. Here it runs with
 * this library's classes, and must record the same events.
 *
 * <p>A scenario that differs on purpose has the annotation {@link
 * org.asyncore.conformance.traces.DiffersFromAsyncore}, and a row in {@code docs/differences.md}.
 */
package org.asyncore.conformance.traces;
