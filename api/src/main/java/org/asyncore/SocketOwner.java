// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/** The party that can close a dispatcher's socket when another takes its place. */
enum SocketOwner {
    /** The program, which gave it by {@link SocketDispatcher#setSocket} or the constructor. */
    PROGRAM,
    /** The dispatcher alone, which created it. */
    DISPATCHER,
    /** Also the holder of the stream that {@link SocketDispatcher#stream} returned. */
    SHARED
}
