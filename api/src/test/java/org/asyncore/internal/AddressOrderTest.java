// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressOrderTest {
    private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(InetAddress.getByName(text));
        }
        return addresses;
    }

    @Test
    void familiesTakeTurnsFromTheFirstOneOn() throws UnknownHostException {
        assertEquals(
                addresses("::1", "10.0.0.1", "::2", "10.0.0.2", "::3"),
                AddressOrder.interleaved(addresses("::1", "::2", "::3", "10.0.0.1", "10.0.0.2")));
        assertEquals(
                addresses("10.0.0.1", "::1", "10.0.0.2", "10.0.0.3"),
                AddressOrder.interleaved(addresses("10.0.0.1", "10.0.0.2", "::1", "10.0.0.3")));
    }

    @Test
    void oneFamilyKeepsItsOrder() throws UnknownHostException {
        List<InetAddress> addresses = addresses("10.0.0.3", "10.0.0.1", "10.0.0.2");
        assertEquals(addresses, AddressOrder.interleaved(addresses));
    }
}
