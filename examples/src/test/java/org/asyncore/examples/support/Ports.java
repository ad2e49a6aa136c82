// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Chooses ports for programs that cannot choose one themselves. */
public final class Ports {
    private static final int FIRST = 10_000; // below the ports that systems choose for connections
    private static final int COUNT = 20_000;

    private Ports() {}

    /** Returns a port that is free on the loopback address. It stays free while no program listens there. */
    public static int free() {
        Random random = new Random();
        while (true) {
            int port = FIRST + random.nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken
            }
        }
    }
}
