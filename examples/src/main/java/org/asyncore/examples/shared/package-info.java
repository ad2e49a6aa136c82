// SPDX-License-Identifier: Apache-2.0
/** Parts that several programs use. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.shared;
