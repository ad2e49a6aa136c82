// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of a socket that only call the JDK's channel: alike for streams, listeners and datagrams. */
interface NioSocket extends NetworkChannel, NioChannel {
    private NetworkChannel jdk() {
        return (NetworkChannel) slot().channel;
    }

    @Override
    default @Nullable SocketAddress getLocalAddress() throws IOException {
        return jdk().getLocalAddress();
    }

    @Override
    default <T> NetworkChannel setOption(SocketOption<T> name, T value) throws IOException {
        slot().checkOpen();
        jdk().setOption(name, value);
        return this;
    }

    @Override
    default <T> T getOption(SocketOption<T> name) throws IOException {
        slot().checkOpen();
        return jdk().getOption(name);
    }

    @Override
    default Set<SocketOption<?>> supportedOptions() {
        return jdk().supportedOptions();
    }

    /** Returns the local address for messages. */
    default String local() {
        try {
            return String.valueOf(getLocalAddress());
        } catch (IOException e) {
            return "closed";
        }
    }
}
