// SPDX-License-Identifier: Apache-2.0
/** An echo server and client, the shortest programs. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.quickstart;
