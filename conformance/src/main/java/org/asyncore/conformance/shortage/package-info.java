// SPDX-License-Identifier: Apache-2.0
/**
 * Contract of a loop while the system runs out of something: descriptors, local ports, heap, an address. Each test runs a
 * program in a process of its own, with a low limit.
 */
package org.asyncore.conformance.shortage;
