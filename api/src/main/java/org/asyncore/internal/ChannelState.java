// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.channels.WrappingChannel;
import org.jspecify.annotations.Nullable;

/** The state of a dispatcher's channel; asyncore's flags {@code connected}, {@code connecting}, {@code accepting}. */
enum ChannelState {
    UNCONNECTED,
    CONNECTING,
    /** Also a file or pipe. */
    CONNECTED,
    /** A datagram socket, with or without a peer. */
    DATAGRAM,
    LISTENING,
    /** The dispatcher reads and writes the channel itself, so the loop cannot presume that there is room to send. */
    RAW,
    CLOSED;

    static ChannelState of(Channel channel) {
        if (channel instanceof ServerChannel) {
            return LISTENING;
        }
        if (channel instanceof DatagramSocketChannel) {
            return DATAGRAM;
        }
        return channel instanceof StreamChannel stream && !stream.isConnected() ? UNCONNECTED : CONNECTED;
    }

    /** Returns the state of a channel that takes another one's place. */
    static ChannelState of(Channel channel, @Nullable BoundChannel earlier) {
        return HostStream.foundBy(earlier) != null ? CONNECTING : of(channel);
    }

    static ChannelState ofRaw(Channel channel) {
        return channel instanceof ServerChannel ? LISTENING : isFile(channel) ? CONNECTED : RAW;
    }

    ReadinessSource source(Channel channel) {
        return switch (this) {
            case UNCONNECTED -> ReadinessSource.ALWAYS;
            case CLOSED -> ReadinessSource.POLLER;
            case CONNECTING -> channel instanceof HostStream host ? host.readiness() : ofPolled(channel);
            case LISTENING, RAW -> ofPolled(channel);
            case CONNECTED, DATAGRAM -> whileConnected(channel);
        };
    }

    private static ReadinessSource ofPolled(Channel channel) {
        return channel instanceof StreamLayer ? ReadinessSource.LAYER : ReadinessSource.POLLER;
    }

    private static ReadinessSource whileConnected(Channel channel) {
        if (channel instanceof StreamLayer) {
            return ReadinessSource.LAYER;
        }
        return isFile(channel) ? ReadinessSource.ALWAYS : ReadinessSource.PRESUMED_WRITABLE;
    }

    /** Returns true if the channel is a file, which is always ready and has no peer to lose. */
    static boolean isFile(Channel channel) {
        Channel polled = WrappingChannel.polled(channel);
        return polled instanceof RegularFile || polled instanceof FileChannel;
    }
}
