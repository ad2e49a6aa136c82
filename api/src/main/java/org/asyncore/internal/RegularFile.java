// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.ByteChannel;

/** A file that is always ready, which no interrupt of the loop's thread may close: it asks the loop to stop, no more. */
public sealed interface RegularFile extends ByteChannel permits OpenedFile, GivenFile {}
