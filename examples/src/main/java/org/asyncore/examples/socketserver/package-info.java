// SPDX-License-Identifier: Apache-2.0
/** The server of Python's {@code socketserver} page, with its reactor, its threads and its processes. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.socketserver;
