// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.StreamLayer;

/** Decides which exceptions of a channel mean that its connection is lost: asyncore's set of disconnected errors. */
final class ConnectionLoss {
    private ConnectionLoss() {}

    /**
     * Returns true if an exception means that the connection is lost. Returns false if the connection was never
     * established, if a layer reports wrong bytes, or if the exception is about a device itself.
     */
    static boolean isMeantBy(IOException cause, SocketMapEntry entry) {
        if (cause instanceof ClosedChannelException) {
            return true;
        }
        Channel channel = entry.channel;
        return !(channel instanceof DatagramSocketChannel
                || (channel instanceof StreamLayer layer && !layer.isLostBy(cause))
                || cause instanceof FileSystemException
                || ChannelState.isFile(channel)
                || isRefusal(cause, entry));
    }

    private static boolean isRefusal(IOException cause, SocketMapEntry entry) {
        return entry.state() == ChannelState.CONNECTING
                && (cause instanceof ConnectException || cause instanceof NoRouteToHostException);
    }
}
