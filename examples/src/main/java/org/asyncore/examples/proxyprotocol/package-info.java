// SPDX-License-Identifier: Apache-2.0
/** The PROXY protocol, version 2: a proxy in front of a server says which client it connects for. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.proxyprotocol;
