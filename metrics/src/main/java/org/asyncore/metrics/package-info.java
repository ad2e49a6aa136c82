// SPDX-License-Identifier: Apache-2.0
/**
 * The statistics of loops for monitors: {@link org.asyncore.metrics.LoopMetrics} gives them to Micrometer,
 * {@link org.asyncore.metrics.LoopManagement} to JMX.
 *
 * <pre>{@code
 * public void monitor(Loop loop, MeterRegistry registry) {
 *     new LoopMetrics(loop, "echo").bindTo(registry);
 * }
 * }</pre>
 *
 * <p>The flight recorder of the JDK gets them without this module.
 */
@org.jspecify.annotations.NullMarked
package org.asyncore.metrics;
