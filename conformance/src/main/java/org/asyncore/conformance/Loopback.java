// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** This host's addresses for talking to itself. */
public final class Loopback {
    private Loopback() {}

    /** A free port of 127.0.0.1. */
    public static InetSocketAddress v4() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    /** A free port of ::1. */
    public static InetSocketAddress v6() throws UnknownHostException {
        byte[] address = new byte[16];
        address[15] = 1;
        return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    }
}
