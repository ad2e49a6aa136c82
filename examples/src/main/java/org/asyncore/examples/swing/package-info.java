// SPDX-License-Identifier: Apache-2.0
/** A window of Swing over a loop, in the three ways to run a loop beside another event loop. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.swing;
