// SPDX-License-Identifier: Apache-2.0
/** Contracts of loops and dispatchers over a backend: running and stopping, threads, errors, closing, conversations, garbage. */
package org.asyncore.conformance.loop;
