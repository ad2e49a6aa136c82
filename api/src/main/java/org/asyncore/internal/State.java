// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;

/** The state of a dispatcher's channel; asyncore's flags {@code connected}, {@code connecting}, {@code accepting}. */
enum State {
    UNCONNECTED,
    CONNECTING,
    /** Also a file or pipe. */
    CONNECTED,
    /** Without a peer of its own. */
    DATAGRAM,
    LISTENING,
    /** The dispatcher reads and writes the channel itself, so nothing can be presumed of it. */
    RAW,
    CLOSED;

    static State of(Channel channel) {
        if (channel instanceof ServerChannel) {
            return LISTENING;
        }
        if (channel instanceof DatagramSocketChannel) {
            return DATAGRAM;
        }
        return channel instanceof StreamChannel stream && !stream.isConnected() ? UNCONNECTED : CONNECTED;
    }

    static State ofRaw(Channel channel) {
        return channel instanceof ServerChannel ? LISTENING : isFile(channel) ? CONNECTED : RAW;
    }

    Readiness readiness(Channel channel) {
        return switch (this) {
            case UNCONNECTED -> Readiness.ALWAYS;
            case CLOSED -> Readiness.POLLED;
            case CONNECTING, LISTENING, RAW -> channel instanceof StreamLayer ? Readiness.LAYERED : Readiness.POLLED;
            case CONNECTED, DATAGRAM -> whileConnected(channel);
        };
    }

    private static Readiness whileConnected(Channel channel) {
        if (channel instanceof StreamLayer) {
            return Readiness.LAYERED;
        }
        return isFile(channel) ? Readiness.ALWAYS : Readiness.WRITABLE;
    }

    /** Whether this is a file, which is always ready and has no peer to lose. */
    static boolean isFile(Channel channel) {
        return channel instanceof RegularFile || channel instanceof FileChannel;
    }
}
