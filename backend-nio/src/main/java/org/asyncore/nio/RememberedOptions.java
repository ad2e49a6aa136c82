// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** The socket options that were set on one socket, to set them on another. */
final class RememberedOptions {
    private final Map<SocketOption<?>, Object> values = new LinkedHashMap<>();

    /** Remembers an option. */
    <T> void put(SocketOption<T> option, T value) {
        values.put(option, value);
    }

    /** Sets the options that this socket supports. */
    void applyTo(NetworkChannel socket) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> entry : values.entrySet()) {
            if (socket.supportedOptions().contains(entry.getKey())) {
                set(socket, entry.getKey(), entry.getValue());
            }
        }
    }

    @SuppressWarnings("unchecked") // put accepts values of the option's type only
    private static <T> void set(NetworkChannel socket, SocketOption<T> option, Object value) throws IOException {
        socket.setOption(option, (T) value);
    }
}
