// SPDX-License-Identifier: Apache-2.0
/** Thousands of connections that come and go for as long as one likes, and the contract that they leave nothing behind. */
package org.asyncore.conformance.soak;
