// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.spi.StreamChannel;

/** Connections that the hooks under way have accepted. If a hook throws, those that no dispatcher took are closed. */
final class AcceptedChannels {
    private final Members members;
    private final List<StreamChannel> accepted = new ArrayList<>();

    AcceptedChannels(Members members) {
        this.members = members;
    }

    void add(StreamChannel channel) {
        accepted.add(channel);
    }

    /** Returns where a hook's own connections begin: a hook may run the loop, and so other hooks. */
    int mark() {
        return accepted.size();
    }

    /** Forgets the connections of a hook that returned. */
    void release(int mark) {
        while (accepted.size() > mark) {
            accepted.remove(accepted.size() - 1);
        }
    }

    /** Closes the connections that a hook accepted before it threw, unless a dispatcher has taken them. */
    void closeUnowned(int mark, Throwable cause) {
        while (accepted.size() > mark) {
            StreamChannel channel = accepted.remove(accepted.size() - 1);
            if (!members.haveTaken(channel)) {
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
