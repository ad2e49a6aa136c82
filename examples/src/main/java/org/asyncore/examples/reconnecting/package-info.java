// SPDX-License-Identifier: Apache-2.0
/** A client that connects again when its server is lost. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.reconnecting;
