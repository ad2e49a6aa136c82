// SPDX-License-Identifier: Apache-2.0
/** A TCP proxy. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.proxy;
