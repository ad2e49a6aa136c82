// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/** A {@link ServerSocketChannel} that starts out as {@code socket(2)} has it. */
final class NioServer implements ServerChannel, NioChannel {
    /** The JDK tells EMFILE and ENFILE only by what strerror(3) says, in the language of the process. */
    private static final String EMFILE = "Too many open files";

    private static final int ATTEMPTS = 8;

    static { // loads it while there are descriptors: a class file takes one, too
        Class<?> loaded = TooManyOpenFilesException.class;
        assert loaded != null;
    }

    private final ServerSocketChannel channel;
    private final ProtocolFamily family;
    private final Entry entry;

    private NioServer(ServerSocketChannel channel, ProtocolFamily family) {
        this.channel = channel;
        this.family = family;
        this.entry = new Entry(channel);
    }

    static NioServer open(ProtocolFamily family) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(family);
        try {
            channel.configureBlocking(false);
            shareNoAddress(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new NioServer(channel, family);
    }

    /** A socket that listens in place of one that was bound. */
    static NioServer listening(
            ProtocolFamily family, @Nullable OptionSet options, @Nullable SocketAddress local, int backlog)
            throws IOException {
        NioServer server = open(family);
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

    /** All JDKs on Unix: a server socket has SO_REUSEADDR from birth, which {@code socket(2)} gives to none. */
    private static void shareNoAddress(ServerSocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEADDR)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public ServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        int least = Math.max(1, backlog); // less is 50 to the JDK
        Addresses.bind(local == null ? null : Addresses.check(family, local), address -> channel.bind(address, least));
        return this;
    }

    /** The JDK has no way to change the backlog. */
    @Override
    public void listen(int backlog) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        SocketChannel accepted = next();
        return accepted == null ? null : NioStream.accepted(accepted, family);
    }

    private @Nullable SocketChannel next() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return channel.accept();
            } catch (IOException e) {
                if (!channel.isOpen()) {
                    throw e;
                }
                if (saysNoDescriptors(e) || noDescriptorIsLeft()) {
                    throw new TooManyOpenFilesException(e);
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean saysNoDescriptors(IOException e) {
        return String.valueOf(e.getMessage()).contains(EMFILE);
    }

    /**
     * In another language another socket is asked for. If one is left by now, because another thread has closed something,
     * the next attempt to accept succeeds, or fails for another reason.
     */
    private static boolean noDescriptorIsLeft() {
        try (SocketChannel probe = SocketChannel.open()) {
            return !probe.isOpen();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public <T> ServerChannel setOption(SocketOption<T> name, T value) throws IOException {
        entry.checkOpen();
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        entry.checkOpen();
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        entry.close();
    }

    @Override
    public String toString() {
        return "nio server " + Addresses.local(this);
    }
}
