// SPDX-License-Identifier: Apache-2.0
/** The main program: runs the benchmarks and writes the report. */
@org.jspecify.annotations.NullMarked
package org.asyncore.benchmarks.report;
