// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.time.Duration;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.BoundChannel;
import org.asyncore.internal.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The part of asyncore's {@code dispatcher} that sockets and files share: sending, receiving, and the hooks for both.
 * Extend {@link SocketDispatcher} or {@link FileDispatcher}.
 *
 * <p>The loop calls the hooks on its thread, and all methods have to be called there unless they say otherwise. A
 * method of asyncore has the same name here, in camel case. A hook that is not overridden logs a warning, the first
 * time, and consumes nothing, so the event comes again.
 */
public abstract class ChannelDispatcher implements Dispatcher {
    private final EventLoop loop;
    private @Nullable BoundChannel bound; // null before the first channel; kept after the channel is closed
    private boolean lost; // true if the connection was lost or refused, so that its end is no surprise

    ChannelDispatcher(Loop loop) {
        this.loop = (EventLoop) requireNonNull(loop, "loop");
    }

    /** Returns the loop that this dispatcher was made with. May be called from any thread. */
    public final Loop loop() {
        return loop;
    }

    final EventLoop eventLoop() {
        return loop;
    }

    /** Returns true if there is a channel, open or closed. */
    final boolean hasSocket() {
        return bound != null;
    }

    final BoundChannel bound() {
        if (bound == null) {
            throw new IllegalStateException("no socket yet, call createSocket or setSocket first: " + this);
        }
        return bound;
    }

    /** Takes over a channel and joins the loop; an earlier one leaves it, open. If this throws, nothing changes. */
    final void attach(Channel channel) {
        lost = false;
        bound = loop.attach(this, bound, requireNonNull(channel, "channel"));
    }

    /** Turns a bound socket into a listener, which keeps its place in the loop. */
    final void becomeListener(StreamChannel socket, int backlog) throws IOException {
        bound = loop.listen(bound(), socket, backlog);
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

    /**
     * Leaves the loop and closes the socket or file: {@code close}. Calls no hook. Closing twice does nothing. Override
     * it to release more.
     *
     * @throws UncheckedIOException if the system fails to close it
     */
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
     * Receives into a buffer: {@code recv}. At the end of the stream this calls {@link #handleClose} first and then
     * returns -1. If the connection turns out to be lost, it calls {@link #handleLost} and returns -1. Both hooks
     * usually close the dispatcher, so the caller has to look at the result before it goes on.
     *
     * @param target heap or direct; its position moves by the number of bytes received
     * @return the number of bytes, 0 if none is there now, -1 at the end of the stream and after a loss
     * @throws IOException if a datagram socket or a file fails, if the connection was refused, or if a layer finds
     *     wrong bytes
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
     * Receives at most n bytes, and never more than 65,536: {@code recv}, for short programs. Otherwise as
     * {@link #recv(ByteBuffer)}.
     *
     * @return the bytes; an empty array if none is there now, at the end of the stream and after a loss
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
     * Sends from a buffer: {@code send}. If the connection turns out to be lost, this calls {@link #handleLost} and
     * returns 0.
     *
     * @param source heap or direct; its position moves by the number of bytes taken
     * @return the number of bytes that the system took, 0 if it has no room
     * @throws IOException if a datagram socket or a file fails, if the connection was refused, or if a layer finds
     *     wrong bytes
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
     * Returns the number of bytes that {@link #send} has taken and the system has not taken yet. Without a layer this
     * is 0. A {@link org.asyncore.channels.StreamLayer} such as TLS holds some, which the loop still sends after
     * {@link #close}. While this is not 0, {@link #handleWrite} is not called; a dispatcher that is {@link #writable}
     * gets it when all has been sent.
     */
    public final int unsentBytes() {
        return bound == null ? 0 : bound.unsentBytes();
    }

    /**
     * Returns the loop's one direct buffer of 64 KiB, cleared. Any dispatcher may use it within a hook, but must leave
     * nothing in it. So an idle connection owns no buffer.
     */
    protected final ByteBuffer readBuffer() {
        return loop.buffers().readBuffer();
    }

    /**
     * Borrows a direct buffer of 64 KiB, cleared. No other dispatcher gets it until {@link #returnBuffer}, not even
     * while a hook runs the loop. Return it before the hook returns, so that a loop owns few buffers.
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
        log().debug("{} lost its connection: {}", this, cause.toString());
        handleLost(cause);
    }

    /**
     * Limits how long something may take: {@link TimeLimit} has the kinds. When the time is over, the loop calls
     * {@link #handleTimeout}. The limit stays set when another socket takes this one's place. Zero removes it.
     *
     * @throws IllegalStateException if there is no socket yet
     */
    public final void setTimeLimit(TimeLimit which, Duration limit) {
        bound().setLimit(requireNonNull(which, "which"), limit);
    }

    // Called by the loop.

    /** {@inheritDoc} Returns true unless overridden. */
    @Override
    public boolean readable() {
        return true;
    }

    /**
     * {@inheritDoc} Returns true unless overridden. Override it, because a dispatcher that has nothing to send makes
     * the loop spin.
     */
    @Override
    public boolean writable() {
        return true;
    }

    /**
     * Returns true if the file is open, or the socket is connected and {@link SocketDispatcher#handleConnect} has
     * returned: {@code connected}.
     */
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

    /**
     * Handles readiness to receive bytes, a datagram or the end of the stream: {@code handle_read}. Logs a warning
     * unless overridden.
     */
    public void handleRead() throws Exception {
        unhandled("read");
    }

    /** Handles room to send: {@code handle_write}. Logs a warning unless overridden. */
    public void handleWrite() throws Exception {
        unhandled("write");
    }

    /**
     * Handles urgent data, which {@link SocketDispatcher#recvUrgent} takes: {@code handle_expt}. Is called again until
     * they are taken. Logs a warning unless overridden.
     */
    public void handleExpt() throws Exception {
        unhandled("incoming priority");
    }

    /**
     * Handles the loss of the connection, which {@link #recv} or {@link #send} found reset, broken or closed. Calls
     * {@link #handleClose} unless overridden, because asyncore does not distinguish a loss from the end of the stream.
     * An override has to close the dispatcher.
     *
     * @param cause the exception of the channel
     */
    public void handleLost(IOException cause) throws IOException {
        lost = true;
        handleClose();
    }

    /**
     * Handles the end of a time that {@link #setTimeLimit} limits. Unless overridden, logs one line at level INFO and
     * calls {@link #handleClose}. If an override keeps the connection, an idle limit starts again.
     */
    public void handleTimeout(TimeLimit which) throws Exception {
        log().info("time limit {} is over, closing channel {}", which, this);
        lost = true;
        handleClose();
    }

    /**
     * {@inheritDoc} Closes unless overridden, and logs a warning unless the connection was lost or refused. Called by
     * {@link #recv} at the end of the stream.
     */
    @Override
    public void handleClose() throws IOException {
        if (!lost) {
            unhandled("close");
        }
        close();
    }

    /**
     * {@inheritDoc} Logs the exception and calls {@link #handleClose} unless overridden. A connection that was refused,
     * or found no way to its peer or no host of its name, is one line at level INFO. Any other exception is an ERROR
     * with its trace.
     */
    @Override
    public void handleError(Throwable cause) {
        lost |= FailureLog.isRefusal(cause);
        FailureLog.log(log(), this, cause);
        try {
            handleClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the logger of this dispatcher's class. */
    protected final Logger log() {
        return LoggerFactory.getLogger(getClass());
    }

    final void unhandled(String event) {
        Level level = bound == null || bound.isFirstUnhandled(event) ? Level.WARN : Level.DEBUG;
        log().atLevel(level).log("unhandled {} event: {}", event, this);
    }

    /** Returns the class, the state, and the peer's address, or the local one of a socket without a peer. */
    @Override
    public String toString() {
        String type = getClass().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "[" + (bound == null ? "" : bound.describe()) + "]";
    }
}
