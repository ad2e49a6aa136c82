// SPDX-License-Identifier: Apache-2.0
/** The JMH benchmarks. */
@org.jspecify.annotations.NullMarked
package org.asyncore.benchmarks.jmh;
