// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that were made at random and recorded from CPython 3.11, as tests. A program is data: dispatchers, lists of
 * actions for their hooks, and what is done between the turns; {@code conformance/programs/README.md} describes it. One
 * small interpreter in Python plays it over asyncore, another one here plays it over a backend, and both must record the
 * same events. A backend subclasses {@link org.asyncore.conformance.programs.RandomPrograms}.
 */
package org.asyncore.conformance.programs;
