// SPDX-License-Identifier: Apache-2.0
/** The options of the command line, and the start and end of servers. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.cli;
