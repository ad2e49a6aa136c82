// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.asyncore.channels.ServerChannel;
import org.asyncore.internal.EventLoop;

/**
 * Listening sockets that another program has opened for this process, as systemd does for a service that it starts on
 * demand: sd_listen_fds(3).
 *
 * <pre>{@code
 * List<Integer> descriptors = InheritedSockets.descriptors();
 * if (!descriptors.isEmpty()) {
 *     setSocket(InheritedSockets.open(loop, descriptors.get(0)));
 * }
 * }</pre>
 */
public final class InheritedSockets {
    private static final int FIRST = 3; // SD_LISTEN_FDS_START

    private InheritedSockets() {}

    /**
     * Returns the numbers of the descriptors for this process, from 3 on: as many as the environment variable {@code
     * LISTEN_FDS} says. Returns none if {@code LISTEN_PID} is not the number of this process, because then they are for
     * another one, such as a shell that has started this one. Any thread.
     *
     * @throws IllegalArgumentException if {@code LISTEN_FDS} is not a number
     */
    public static List<Integer> descriptors() {
        return descriptors(System.getenv(), ProcessHandle.current().pid());
    }

    static List<Integer> descriptors(Map<String, String> environment, long pid) {
        String count = environment.get("LISTEN_FDS");
        if (count == null || !String.valueOf(pid).equals(environment.get("LISTEN_PID"))) {
            return List.of();
        }
        try {
            return IntStream.range(FIRST, FIRST + Integer.parseUnsignedInt(count))
                    .boxed()
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("LISTEN_FDS is not a number: " + count, e);
        }
    }

    /**
     * Opens such a socket, of TCP or of the Unix domain, for {@link SocketDispatcher#setSocket}. It listens already. Open
     * each number once: it is closed with the channel.
     *
     * @param loop the loop of the dispatcher; its poller is epoll or kqueue
     * @throws IOException if the number belongs to no stream socket that listens
     * @throws IllegalArgumentException if the number is below 3
     * @throws UnsupportedOperationException if the loop's poller is nio
     */
    public static ServerChannel open(Loop loop, int descriptor) throws IOException {
        return ((EventLoop) requireNonNull(loop, "loop")).backend().openInheritedServer(descriptor);
    }
}
