// SPDX-License-Identifier: Apache-2.0
/**
 * What the loop costs, beside a bare {@link java.nio.channels.Selector} and Netty. {@code docs/benchmarks.md} says how to
 * run this and how to read it.
 *
 * <p>Every benchmark has a parameter {@code subject}: what is measured. {@code epoll/on-change} is our loop over that
 * poller in that variant; {@code selector} and {@code netty-epoll} are baselines.
 */
@NullMarked
package org.asyncore.benchmarks;

import org.jspecify.annotations.NullMarked;
