// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/** The kind of socket that {@link SocketDispatcher#createSocket} makes. */
public enum SocketType {
    /** TCP or a Unix-domain stream: {@code SOCK_STREAM}. */
    STREAM,
    /** UDP: {@code SOCK_DGRAM}. */
    DATAGRAM
}
