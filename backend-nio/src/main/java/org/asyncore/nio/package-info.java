// SPDX-License-Identifier: Apache-2.0
/**
 * The backend that runs everywhere, over the JDK's {@link java.nio.channels.Selector}.
 *
 * <p>The JDK tells four operations apart where {@link org.asyncore.spi.Ops} has two, keeps a connection that is pending
 * from being read, and closes a channel whose connection failed. {@link org.asyncore.nio.NioStream},
 * {@link org.asyncore.nio.NioRegistration} and {@link org.asyncore.nio.NioPoller} hide that.
 */
package org.asyncore.nio;
