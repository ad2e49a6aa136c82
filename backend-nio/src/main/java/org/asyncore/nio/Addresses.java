// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.NetworkChannel;

/** Checks addresses before the JDK sees them: its own exceptions are unchecked and have no message. */
final class Addresses {
    private Addresses() {}

    /**
     * Returns the address if a channel of this family can use it.
     *
     * @throws UnknownHostException if its host has not been found
     * @throws IllegalArgumentException if it is of another family
     */
    static SocketAddress check(ProtocolFamily family, SocketAddress address) throws UnknownHostException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        if (!fits(family, address)) {
            throw new IllegalArgumentException("not an address of " + family + ": " + address);
        }
        return address;
    }

    private static boolean fits(ProtocolFamily family, SocketAddress address) {
        if (family == StandardProtocolFamily.UNIX) {
            return address instanceof UnixDomainSocketAddress;
        }
        if (!(address instanceof InetSocketAddress inet)) {
            return false;
        }
        InetAddress host = inet.getAddress();
        return family == StandardProtocolFamily.INET6 || host instanceof Inet4Address;
    }

    /** The channel's own address, for messages. */
    static String local(NetworkChannel channel) {
        try {
            return String.valueOf(channel.getLocalAddress());
        } catch (IOException e) {
            return "closed";
        }
    }
}
