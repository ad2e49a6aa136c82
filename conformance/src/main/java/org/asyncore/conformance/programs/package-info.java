// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of random programs, which were recorded from CPython 3.11. A program is data: dispatchers, lists of
 * actions for their hooks, and what is done between the turns; {@code conformance/programs/README.md} describes it. One
 * small interpreter in Python plays it over asyncore, another one here plays it over a backend, and both must record the
 * same events.
 */
package org.asyncore.conformance.programs;
