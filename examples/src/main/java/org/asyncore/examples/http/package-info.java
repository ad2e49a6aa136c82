// SPDX-License-Identifier: Apache-2.0
/** An HTTP server for static files. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.http;
