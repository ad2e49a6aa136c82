// SPDX-License-Identifier: Apache-2.0
/**
 * Faults on purpose: a backend that wraps another one and, by a seed, does what networks and systems do at their worst,
 * and the contract that a loop keeps over it.
 *
 * <pre>{@code
 * FaultPlan plan = FaultPlan.ofSeed(7);
 * FaultyBackend faulty = new FaultyBackend(backend, plan);
 * try (Loop loop = Loop.builder().backend(faulty).clock(faulty.clock()).open()) {
 *     loop.run();
 * }
 * }</pre>
 */
package org.asyncore.conformance.faults;
