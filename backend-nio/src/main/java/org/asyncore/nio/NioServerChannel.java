// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/** A {@link ServerSocketChannel} with the options of a new socket, {@code socket(2)}. */
final class NioServerChannel implements ServerChannel, NioSocket {
    private static final int ATTEMPTS = 8;

    private final ServerSocketChannel channel;
    private final ProtocolFamily family;
    private final PollerSlot slot;

    private NioServerChannel(ServerSocketChannel channel, ProtocolFamily family) throws IOException {
        this.channel = PollerSlot.nonBlocking(channel);
        this.family = family;
        this.slot = new PollerSlot(channel);
    }

    static NioServerChannel open(ProtocolFamily family) throws IOException {
        NioServerChannel server = new NioServerChannel(ServerSocketChannel.open(family), family);
        try {
            shareNoAddress(server.channel);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Opens a listener in place of a socket that was bound and is closed. */
    static NioServerChannel listening(
            ProtocolFamily family, @Nullable RememberedOptions options, @Nullable SocketAddress local, int backlog)
            throws IOException {
        NioServerChannel server = open(family);
        try {
            if (options != null) {
                options.applyTo(server);
            }
            server.bind(local, backlog);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** All JDKs on Unix: a new server socket has SO_REUSEADDR, which {@code socket(2)} sets on no socket. */
    private static void shareNoAddress(ServerSocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEADDR)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    @Override
    public PollerSlot slot() {
        return slot;
    }

    @Override
    public ServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        int least = Math.max(1, backlog); // the JDK takes 50 for less
        LocalAddresses.bind(family, local, address -> channel.bind(address, least));
        return this;
    }

    /** The JDK has no way to change the backlog. */
    @Override
    public void listen(int backlog) throws IOException {
        slot.checkOpen();
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        SocketChannel accepted = next();
        return accepted == null ? null : NioStreamChannel.accepted(accepted, family);
    }

    private @Nullable SocketChannel next() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return channel.accept();
            } catch (IOException e) {
                if (!channel.isOpen()) {
                    throw e;
                }
                IOException failure = DescriptorShortage.recognize(e);
                if (failure instanceof TooManyOpenFilesException || attempt == ATTEMPTS) {
                    throw failure; // otherwise another thread may have closed a descriptor meanwhile
                }
            }
        }
    }

    @Override
    public String toString() {
        return isOpen() ? "server[local=" + local() + "]" : "server[closed]";
    }
}
