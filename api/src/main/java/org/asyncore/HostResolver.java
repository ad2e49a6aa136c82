// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of hosts for {@link SocketDispatcher#connect(String, int)}.
 *
 * <pre>{@code
 * Map<String, InetAddress> hosts = Map.of("db", InetAddress.getByName("10.0.0.7"));
 * Loop loop = Loop.builder().hostResolver(host -> List.of(hosts.get(host))).open();
 * }</pre>
 */
@FunctionalInterface
public interface HostResolver {
    /**
     * Returns the addresses of a host, those to prefer first. May block, because the library calls it on one of its
     * daemon threads, "asyncore resolver". There are at most 16 of them for all loops of the JVM, and further names wait
     * for one. If the addresses are no longer wanted, the thread is interrupted.
     *
     * @throws IOException if the name cannot be resolved
     */
    List<InetAddress> resolve(String host) throws IOException;
}
