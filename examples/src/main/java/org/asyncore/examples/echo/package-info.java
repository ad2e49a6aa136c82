// SPDX-License-Identifier: Apache-2.0
/** Echo servers over TCP, TLS, UDP and Unix-domain sockets. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.echo;
