// SPDX-License-Identifier: Apache-2.0
/** A program that reads a file or a pipe with a {@code FileDispatcher}. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.file;
