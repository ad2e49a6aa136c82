// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.channels.StreamChannel;

/** Connections that the hooks under way have accepted. If a hook throws, those that no dispatcher took are closed. */
final class AcceptedChannels {
    private final SocketMap sockets;
    private final List<StreamChannel> accepted = new ArrayList<>();
    private int hooks; // hooks under way

    AcceptedChannels(SocketMap sockets) {
        this.sockets = sockets;
    }

    /** Notes a connection. Outside of hooks the caller of {@code accept} owns it. */
    void add(StreamChannel channel) {
        if (hooks > 0) {
            accepted.add(channel);
        }
    }

    /** Begins a hook, and returns the index of its first connection. A hook may run the loop, and so other hooks. */
    int begin() {
        hooks++;
        return accepted.size();
    }

    /** Ends a hook that returned: its connections have owners. */
    void end(int begin) {
        hooks--;
        while (accepted.size() > begin) {
            accepted.remove(accepted.size() - 1);
        }
    }

    /** Ends a hook that threw: closes the connections that it accepted, unless a dispatcher has taken them. */
    void endFailed(int begin, Throwable cause) {
        hooks--;
        while (accepted.size() > begin) {
            StreamChannel channel = accepted.remove(accepted.size() - 1);
            if (!sockets.haveTaken(channel)) {
                close(channel, cause);
            }
        }
    }

    private static void close(StreamChannel channel, Throwable cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
