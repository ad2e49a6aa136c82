// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The order in which the addresses of a host are tried: RFC 8305, section 4. */
final class AddressOrder {
    private AddressOrder() {}

    /**
     * Returns the addresses with IPv6 and IPv4 in turn, so that a family that does not work delays only every other
     * attempt. The first one stays the first, and each family keeps its order.
     */
    static List<InetAddress> interleaved(List<InetAddress> addresses) {
        ArrayDeque<InetAddress> ofFirstFamily = new ArrayDeque<>();
        ArrayDeque<InetAddress> others = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            (address.getClass() == addresses.get(0).getClass() ? ofFirstFamily : others).add(address);
        }
        List<InetAddress> ordered = new ArrayList<>();
        while (!ofFirstFamily.isEmpty() && !others.isEmpty()) {
            ordered.add(ofFirstFamily.remove());
            ordered.add(others.remove());
        }
        ordered.addAll(ofFirstFamily);
        ordered.addAll(others);
        return ordered;
    }
}
