// SPDX-License-Identifier: Apache-2.0
/** A chat server, and the code of {@code docs/conversations.md}. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.chat;
