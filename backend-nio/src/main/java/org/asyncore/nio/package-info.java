// SPDX-License-Identifier: Apache-2.0
/**
 * The backend {@code nio}, which runs on every system, over the JDK's {@link java.nio.channels.Selector}.
 *
 * <p>The JDK has four operations where {@link org.asyncore.spi.Ops} has two, reads no bytes while a connection is pending, and
 * closes a channel whose connection attempt failed. {@link org.asyncore.nio.NioStreamChannel},
 * {@link org.asyncore.nio.NioRegistration} and {@link org.asyncore.nio.NioPoller} hide these differences.
 */
package org.asyncore.nio;
