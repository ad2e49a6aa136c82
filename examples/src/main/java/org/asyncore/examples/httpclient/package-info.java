// SPDX-License-Identifier: Apache-2.0
/** An HTTP client, and the steps of the loop while it runs. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.httpclient;
