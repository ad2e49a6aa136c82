// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Socket options that were set, to be set again on another socket. */
final class OptionSet {
    private final Map<SocketOption<?>, Object> values = new LinkedHashMap<>();

    /** Remembers an option. */
    <T> void put(SocketOption<T> option, T value) {
        values.put(option, value);
    }

    /** Sets those that this socket knows. */
    void applyTo(NetworkChannel socket) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> entry : values.entrySet()) {
            if (socket.supportedOptions().contains(entry.getKey())) {
                set(socket, entry.getKey(), entry.getValue());
            }
        }
    }

    @SuppressWarnings("unchecked") // put took a value of the option's type
    private static <T> void set(NetworkChannel socket, SocketOption<T> option, Object value) throws IOException {
        socket.setOption(option, (T) value);
    }
}
