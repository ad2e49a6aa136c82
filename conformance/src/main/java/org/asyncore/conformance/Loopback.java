// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Loopback addresses to bind to, with a free port. */
public final class Loopback {
    private Loopback() {}

    /** Returns 127.0.0.1 with port 0, which means a free port. */
    public static InetSocketAddress v4() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    /** Returns ::1 with port 0, which means a free port. */
    public static InetSocketAddress v6() throws UnknownHostException {
        byte[] address = new byte[16];
        address[15] = 1;
        return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    }
}
