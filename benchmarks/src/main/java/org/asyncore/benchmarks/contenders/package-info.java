// SPDX-License-Identifier: Apache-2.0
/** The programs that are compared: loops of this project, and the same work by Netty, a {@code Selector} or Agrona. */
@org.jspecify.annotations.NullMarked
package org.asyncore.benchmarks.contenders;
