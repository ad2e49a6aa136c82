// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SocketChannel} whose connection may be finished by the poller first.
 *
 * <p>All JDKs: a failed connection attempt closes the channel. Here it stays open, failed, until it is closed.
 */
final class NioStream implements StreamChannel, NioChannel {
    private final SocketChannel channel;
    private final ProtocolFamily family;
    private final Entry entry;
    private boolean open = true;

    /** What the program knows; the JDK's channel may be connected already. */
    private boolean connected;

    /** Why the connection attempt failed, once it has. */
    private @Nullable IOException failure;

    private boolean outputEnded; // by shutdownOutput

    private @Nullable OptionSet options; // that were set, for a listener; most connections set none

    private NioStream(SocketChannel channel, ProtocolFamily family) {
        this.channel = channel;
        this.family = family;
        this.entry = new Entry(channel);
    }

    static NioStream open(ProtocolFamily family) throws IOException {
        return of(SocketChannel.open(family), family);
    }

    static NioStream accepted(SocketChannel channel, ProtocolFamily family) throws IOException {
        NioStream stream = of(channel, family);
        stream.connected = true;
        return stream;
    }

    private static NioStream of(SocketChannel channel, ProtocolFamily family) throws IOException {
        try {
            channel.configureBlocking(false);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new NioStream(channel, family);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    boolean isPending() {
        return channel.isConnectionPending();
    }

    boolean hasFailed() {
        return failure != null;
    }

    /**
     * Finishes a connection attempt for the poller, and leaves it to {@link #finishConnect} to tell what came of it.
     *
     * @return whether the connection stands
     */
    boolean settle() {
        try {
            return channel.finishConnect();
        } catch (IOException e) {
            failure = e;
            return false;
        }
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        SocketAddress checked = Addresses.check(family, remote);
        try {
            connected = channel.connect(checked);
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            entry.refresh();
        }
        return connected;
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkOpen();
        throwFailure();
        try {
            connected = channel.finishConnect();
            if (connected && isBroken()) {
                throw reset();
            }
        } catch (IOException e) {
            connected = false;
            failure = e;
            throw e;
        } finally {
            entry.refresh();
        }
        return connected;
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** The poller may have finished the connection, and the peer reset it since, which the JDK tells by no exception. */
    private boolean isBroken() {
        return family != StandardProtocolFamily.UNIX && !outputEnded && entry.hasHungUp();
    }

    /** Closes the channel as the JDK does after a failed attempt; says what the system says, unless bytes hide it. */
    private IOException reset() throws IOException {
        try (channel) {
            channel.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            return e;
        }
        return new SocketException("Connection reset");
    }

    @Override
    public boolean isConnected() {
        return connected && channel.isOpen();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return mayTransfer() ? channel.read(target) : 0;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return mayTransfer() ? channel.write(source) : 0;
    }

    /** Whether the connection stands, which a pending one is asked, as the JDK carries no bytes before it is finished. */
    private boolean mayTransfer() throws IOException {
        if (channel.isConnected()) {
            return true;
        }
        if (channel.isConnectionPending()) {
            boolean established = settle();
            entry.refresh();
            throwFailure();
            return established;
        }
        checkOpen();
        throwFailure();
        return true; // never connected, which the JDK tells
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
        outputEnded = true;
    }

    @Override
    public StreamChannel bind(@Nullable SocketAddress local) throws IOException {
        Addresses.bind(local == null ? null : Addresses.check(family, local), channel::bind);
        return this;
    }

    /** The JDK decides whether a socket listens when it opens one: this one makes room for another. */
    @Override
    public ServerChannel listen(int backlog) throws IOException {
        SocketAddress local = getLocalAddress();
        boolean unnamed = local == null && family == StandardProtocolFamily.UNIX;
        if (unnamed || channel.isConnected() || channel.isConnectionPending()) {
            throw new BindException("the socket is connected, or a Unix-domain one that is not bound");
        }
        open = false;
        entry.close();
        Addresses.unlink(local);
        return NioServer.listening(family, options, local, backlog);
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        return connected ? remote : null;
    }

    @Override
    public <T> StreamChannel setOption(SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
        if (options == null) {
            options = new OptionSet();
        }
        options.put(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private void checkOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        entry.close();
    }

    @Override
    public String toString() {
        return "nio stream " + Addresses.local(this) + " -> " + remote();
    }

    private String remote() {
        try {
            return String.valueOf(channel.getRemoteAddress());
        } catch (IOException e) {
            return "closed";
        }
    }
}
