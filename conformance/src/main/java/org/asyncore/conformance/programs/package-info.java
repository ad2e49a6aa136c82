// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of random programs, which were recorded from CPython 3.11. A program is data: dispatchers, lists of
 * actions for their hooks, and the steps between the turns; {@code conformance/programs/README.md} describes it. A
 * small interpreter in Python runs it with asyncore, another one here runs it with a backend, and both must record the
 * same events.
 */
package org.asyncore.conformance.programs;
