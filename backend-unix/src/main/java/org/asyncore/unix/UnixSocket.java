// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.Set;

/** The part of a socket that is alike for streams, listeners and datagrams: its options. */
interface UnixSocket extends NetworkChannel, UnixChannel {
    /**
     * Returns Netty's socket.
     *
     * @throws java.nio.channels.ClosedChannelException if the channel is closed
     */
    Socket socket() throws IOException;

    /** Returns the options that this kind of socket has. */
    SocketOptions options();

    @Override
    default <T> NetworkChannel setOption(SocketOption<T> name, T value) throws IOException {
        options().set(this, socket(), name, value);
        return this;
    }

    @Override
    default <T> T getOption(SocketOption<T> name) throws IOException {
        return options().get(this, socket(), name);
    }

    @Override
    default Set<SocketOption<?>> supportedOptions() {
        return options().supported();
    }
}
