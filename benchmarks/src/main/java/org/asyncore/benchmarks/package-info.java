// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of the loop, beside a bare {@link java.nio.channels.Selector} and Netty. {@code docs/benchmarks.md} explains
 * how to run them and how to read the results.
 *
 * <p>Package {@code contenders} has the programs that are compared: ours ({@code Loop…}), Netty's, those by hand on a
 * {@code Selector}, and the client that loads the echo servers ({@code EchoLoadClient}). Package {@code jmh} has the
 * benchmarks, and {@code report} the main program.
 *
 * <p>Every benchmark has a parameter {@code subject}, the name of the contender. {@code epoll/on-change} is our loop over
 * the poller {@code epoll} in the variant {@code on-change}; {@code selector} and {@code netty-epoll} are baselines.
 */
@NullMarked
package org.asyncore.benchmarks;

import org.jspecify.annotations.NullMarked;
