// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.ByteChannel;

/**
 * A file that is always ready. An interrupt of the loop's thread must not close it, because it only asks the loop to
 * stop.
 */
public sealed interface RegularFile extends ByteChannel permits OpenedFile, GivenFile {}
