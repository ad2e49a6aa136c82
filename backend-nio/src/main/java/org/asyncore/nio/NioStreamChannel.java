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
import java.util.Locale;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SocketChannel} whose connection attempt may be finished by the poller before the program asks.
 *
 * <p>All JDKs: a failed connection attempt closes the channel. This channel stays open after a failure until the program
 * closes it.
 */
final class NioStreamChannel implements StreamChannel, NioSocket {
    /** The state that the program knows; the JDK's channel may be connected already, or closed after a failure. */
    private enum State {
        UNCONNECTED,
        CONNECTED,
        CLOSED
    }

    private final SocketChannel channel;
    private final ProtocolFamily family;
    private final PollerSlot slot;
    private State state = State.UNCONNECTED;

    /** The reason why the connection attempt failed. */
    private @Nullable IOException failure;

    private boolean outputEnded; // by shutdownOutput

    /** Options that were set, for a listener; null for most connections. */
    private @Nullable RememberedOptions options;

    private NioStreamChannel(SocketChannel channel, ProtocolFamily family) throws IOException {
        this.channel = PollerSlot.nonBlocking(channel);
        this.family = family;
        this.slot = new PollerSlot(channel);
    }

    static NioStreamChannel open(ProtocolFamily family) throws IOException {
        return new NioStreamChannel(SocketChannel.open(family), family);
    }

    static NioStreamChannel accepted(SocketChannel channel, ProtocolFamily family) throws IOException {
        NioStreamChannel stream = new NioStreamChannel(channel, family);
        stream.state = State.CONNECTED;
        return stream;
    }

    @Override
    public PollerSlot slot() {
        return slot;
    }

    boolean isPending() {
        return channel.isConnectionPending();
    }

    boolean hasFailed() {
        return failure != null;
    }

    /**
     * Finishes a connection attempt for the poller. {@link #finishConnect} returns or throws the outcome to the program.
     *
     * @return true if the connection is established
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
        Backend.checkAddress(family, remote);
        try {
            return connected(channel.connect(remote));
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            slot.refresh();
        }
    }

    private boolean connected(boolean established) {
        state = established ? State.CONNECTED : State.UNCONNECTED;
        return established;
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkOpen();
        throwFailure();
        try {
            boolean established = channel.finishConnect();
            if (established && isBroken()) {
                throw reset();
            }
            return connected(established);
        } catch (IOException e) {
            connected(false);
            failure = e;
            throw e;
        } finally {
            slot.refresh();
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns true if the peer has reset the connection since the poller finished it: the JDK reports no exception then. */
    private boolean isBroken() {
        return family != StandardProtocolFamily.UNIX && !outputEnded && slot.hasHungUp();
    }

    /** Closes the JDK's channel as a failed attempt does, and returns the system's error, unless unread bytes hide it. */
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
        return state == State.CONNECTED && channel.isOpen();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return mayTransfer() ? channel.read(target) : 0;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return mayTransfer() ? channel.write(source) : 0;
    }

    /** Returns false while a connection attempt is pending, after trying to finish it: before that the JDK moves no bytes. */
    private boolean mayTransfer() throws IOException {
        if (channel.isConnected()) {
            return true;
        }
        if (channel.isConnectionPending()) {
            boolean established = settle();
            slot.refresh();
            throwFailure();
            return established;
        }
        checkOpen();
        throwFailure();
        return true; // never connected: the JDK throws NotYetConnectedException
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
        outputEnded = true;
    }

    @Override
    public StreamChannel bind(@Nullable SocketAddress local) throws IOException {
        LocalAddresses.bind(family, local, channel::bind);
        return this;
    }

    /** Closes this socket and opens a listener in its place, because the JDK decides at the opening which sockets listen. */
    @Override
    public ServerChannel listen(int backlog) throws IOException {
        SocketAddress local = getLocalAddress();
        boolean unnamed = local == null && family == StandardProtocolFamily.UNIX;
        if (unnamed || channel.isConnected() || channel.isConnectionPending()) {
            throw new BindException("the socket is connected, or a Unix-domain one that is not bound");
        }
        close();
        LocalAddresses.unlink(local);
        return NioServerChannel.listening(family, options, local, backlog);
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        return state == State.CONNECTED ? remote : null;
    }

    @Override
    public <T> StreamChannel setOption(SocketOption<T> name, T value) throws IOException {
        NioSocket.super.setOption(name, value);
        if (options == null) {
            options = new RememberedOptions();
        }
        options.put(name, value);
        return this;
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() throws IOException {
        state = State.CLOSED;
        slot.close();
    }

    @Override
    public String toString() {
        return "stream[" + state.name().toLowerCase(Locale.ROOT) + " local=" + local() + " remote=" + remote() + "]";
    }

    private @Nullable SocketAddress remote() {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null; // closed
        }
    }
}
