// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.BoundChannel;
import org.asyncore.internal.EventLoop;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sockets and files have in common of asyncore's {@code dispatcher}: sending, receiving, and the hooks for both.
 * Extend {@link SocketDispatcher} or {@link FileDispatcher}.
 *
 * <p>The hooks are called on the loop's thread, and all methods belong to it. A method of asyncore has the same name here,
 * in camel case. A hook that is not overridden logs a warning, the first time, and consumes nothing, so that the event
 * comes again.
 */
public abstract class ChannelDispatcher implements Dispatcher {
    private final EventLoop loop;
    private @Nullable BoundChannel bound; // none before the first channel, the last one's after its close

    ChannelDispatcher(Loop loop) {
        this.loop = (EventLoop) requireNonNull(loop, "loop");
    }

    /** The loop this dispatcher was made with. Any thread. */
    public final Loop loop() {
        return loop;
    }

    final Backend backend() {
        return loop.backend();
    }

    /** Whether there is a channel, open or closed. */
    final boolean hasSocket() {
        return bound != null;
    }

    final BoundChannel bound() {
        if (bound == null) {
            throw new IllegalStateException("no socket yet: call createSocket or setSocket before: " + this);
        }
        return bound;
    }

    /** Takes over a channel and joins the loop; an earlier channel leaves it and stays open. If this throws, nothing changes. */
    final void attach(Channel channel) {
        bound = loop.attach(this, bound, requireNonNull(channel, "channel"));
    }

    /** Makes a bound socket a listener, in the same place of the loop. */
    final void becomeListener(StreamChannel socket, int backlog) throws IOException {
        bound = loop.listen(bound(), socket, backlog);
    }

    /** Takes over a channel that was opened for this dispatcher, and closes it if the loop refuses it. */
    final void attachOpened(Channel opened) throws IOException {
        try {
            attach(opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** Joins the loop again after {@link #delChannel}: {@code add_channel}. */
    public void addChannel() {
        loop.join(bound());
    }

    /** Leaves the loop without closing anything: {@code del_channel}. */
    public void delChannel() {
        if (bound != null) {
            bound.leave();
        }
    }

    /** Leaves the loop and closes the socket: {@code close}. Calls no hook; may be repeated. Override to release more. */
    @Override
    public void close() {
        if (bound != null) {
            close(bound);
        }
    }

    final void close(BoundChannel ended) {
        try {
            ended.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + this + ": " + e.getMessage(), e);
        }
    }

    // Sending and receiving.

    /**
     * Receives into a buffer: {@code recv}. At the end of the stream this calls {@link #handleClose} first and then returns -1.
     * If the connection turns out to be lost, it calls {@link #handleLost} and returns -1. The caller runs on, over a closed
     * dispatcher.
     *
     * @param target heap or direct; its position moves by the bytes received
     * @return the bytes, 0 when there is nothing now, -1 at the end
     * @throws IOException if reading a datagram socket or a file fails, or a layer received wrong bytes
     */
    public int recv(ByteBuffer target) throws IOException {
        int n;
        try {
            n = bound().read(target);
        } catch (IOException e) {
            lost(e);
            return -1;
        }
        if (n < 0) {
            handleClose();
        }
        return n;
    }

    /**
     * Receives at most n bytes: {@code recv}, for short programs. Otherwise as {@link #recv(ByteBuffer)}.
     *
     * @return the bytes; none when there is nothing now, and none after {@link #handleClose}
     */
    public byte[] recv(int n) throws IOException {
        ByteBuffer buffer = readBuffer();
        buffer.limit(Math.min(n, buffer.capacity()));
        recv(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /**
     * Sends from a buffer: {@code send}. If the connection turns out to be lost, this calls {@link #handleLost} and returns 0.
     *
     * @param source heap or direct; its position moves by the bytes taken
     * @return the bytes that the system took, 0 when it has no room
     * @throws IOException if writing to a datagram socket or a file fails, or a layer received wrong bytes
     */
    public int send(ByteBuffer source) throws IOException {
        try {
            return bound().write(source);
        } catch (IOException e) {
            lost(e);
            return 0;
        }
    }

    /** Sends bytes: {@code send}, for short programs. Otherwise as {@link #send(ByteBuffer)}. */
    public int send(byte[] bytes) throws IOException {
        return send(ByteBuffer.wrap(bytes));
    }

    /**
     * The bytes that {@link #send} has taken and the system has not. A {@link org.asyncore.channels.StreamLayer} such as TLS holds
     * some, which {@link #close} leaves to the loop to send; without a layer this is 0. As long as it is not 0, a dispatcher
     * that is {@link #writable} waits, and its {@link #handleWrite} comes when all has been sent.
     */
    public final int unsentBytes() {
        return bound == null ? 0 : bound.unsentBytes();
    }

    /**
     * The loop's one direct buffer of 64 KiB, cleared. Any dispatcher may use it within a hook, and leaves nothing in it:
     * so an idle connection owns no buffer.
     */
    protected final ByteBuffer readBuffer() {
        return loop.buffers().readBuffer();
    }

    /**
     * Borrows a direct buffer of 64 KiB, cleared, that nobody else uses until {@link #returnBuffer}, also while a hook runs
     * the loop. Return it before the hook returns, so that a loop owns few buffers.
     */
    protected final ByteBuffer borrowBuffer() {
        return loop.buffers().borrow();
    }

    /**
     * Returns a borrowed buffer.
     *
     * @throws IllegalArgumentException if {@link #borrowBuffer} did not lend it, or it was returned before
     */
    protected final void returnBuffer(ByteBuffer buffer) {
        loop.buffers().giveBack(buffer);
    }

    private void lost(IOException cause) throws IOException {
        if (!bound().isLostBy(cause)) {
            throw cause;
        }
        log().debug("{} lost its connection", this, cause);
        handleLost(cause);
    }

    // What the loop asks and calls.

    /** {@inheritDoc} True unless overridden. */
    @Override
    public boolean readable() {
        return true;
    }

    /** {@inheritDoc} True unless overridden; override it, or the loop spins. */
    @Override
    public boolean writable() {
        return true;
    }

    /** Whether the file is open, or the socket connected and its {@link SocketDispatcher#handleConnect} done: {@code connected}. */
    public final boolean connected() {
        return bound != null && bound.isConnected();
    }

    /** {@inheritDoc} Calls {@link #handleRead}. */
    @Override
    public void handleReadEvent() throws Exception {
        handleRead();
    }

    /** {@inheritDoc} Calls {@link #handleWrite}. */
    @Override
    public void handleWriteEvent() throws Exception {
        handleWrite();
    }

    /** {@inheritDoc} Calls {@link #handleExpt}. */
    @Override
    public void handleExptEvent() throws Exception {
        handleExpt();
    }

    // The hooks.

    /** Bytes, a datagram or the end of the stream can be received: {@code handle_read}. */
    public void handleRead() throws Exception {
        unhandled("read");
    }

    /** There is room to send: {@code handle_write}. */
    public void handleWrite() throws Exception {
        unhandled("write");
    }

    /** Urgent data wait for {@link SocketDispatcher#recvUrgent}: {@code handle_expt}. Comes again until they are taken. */
    public void handleExpt() throws Exception {
        unhandled("incoming priority");
    }

    /**
     * The connection is lost: {@link #recv} or {@link #send} found it reset, broken or closed. Calls {@link #handleClose}
     * unless overridden, as asyncore does, which does not tell a loss from the end of the stream. Override it to do so; close
     * in it.
     *
     * @param cause what the channel threw
     */
    public void handleLost(IOException cause) throws IOException {
        handleClose();
    }

    /** {@inheritDoc} Logs a warning and closes unless overridden. Called by {@link #recv} at the end of the stream. */
    @Override
    public void handleClose() throws IOException {
        unhandled("close");
        close();
    }

    /** {@inheritDoc} Logs the error and calls {@link #handleClose} unless overridden. */
    @Override
    public void handleError(Throwable cause) {
        try {
            log().error("uncaptured exception, closing channel {}", this, cause);
        } catch (OutOfMemoryError e) {
            // the log needs what the hook has used up; closing may give it back
        }
        try {
            handleClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The logger of this dispatcher's class. */
    protected final Logger log() {
        return LoggerFactory.getLogger(getClass());
    }

    final void unhandled(String event) {
        if (bound == null || bound.isFirstUnhandled(event)) {
            log().warn("unhandled {} event: {}", event, this);
        } else {
            log().debug("unhandled {} event: {}", event, this);
        }
    }

    /** Returns the class, the state, and the peer's address, or the local one of a socket without a peer. */
    @Override
    public String toString() {
        String type = getClass().getName();
        String state = bound == null ? "" : bound.describe();
        return type.substring(type.lastIndexOf('.') + 1) + "[" + state + "]";
    }
}
