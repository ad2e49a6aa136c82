// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.TimeLimit;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.BufferPool;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;

/**
 * One of the two sides of a connection through the proxy: the client's or the target's. What one side receives, the
 * other sends in the same hook. It keeps the bytes that the system has no room for, and nothing more is received until
 * they are sent. So a slow side slows down the other one, and each keeps one buffer at most. While the target's side
 * connects, it keeps one buffer of the client's bytes, so that a client that is lost meanwhile is noticed.
 *
 * <p>The end of a stream is passed on after all bytes before it. A connection is over when both streams have ended. A
 * failure on one side resets the other, whose peer must not take it for an orderly end. A side that waits for nothing
 * is not polled, so the loss of its peer may go unnoticed. Therefore connecting has a time limit, and so has passing
 * nothing.
 */
final class ProxySide extends SocketDispatcher {
    private final ProxySide other;
    private final BufferPool buffers;
    private final ProxyTarget target;
    private @Nullable ByteBuffer unsent; // received by the other side, still to be sent by this one; or null
    private boolean ended; // the stream from its peer has ended
    private boolean finished; // the stream to its peer has been ended

    /** Makes the client's side, for an accepted connection, and the target's side, which begins to connect. */
    ProxySide(Loop loop, StreamChannel client, ProxyTarget target, BufferPool buffers) {
        super(loop, client);
        this.target = target;
        this.buffers = buffers;
        other = new ProxySide(this);
        other.connectToTarget();
    }

    private ProxySide(ProxySide client) {
        super(client.loop());
        target = client.target;
        buffers = client.buffers;
        other = client;
    }

    private void connectToTarget() {
        try {
            createSocket(Addresses.family(target.address()), SocketType.STREAM);
            setOption(StandardSocketOptions.TCP_NODELAY, true);
            setSocket(target.over(stream()));
            setTimeLimit(TimeLimit.CONNECT, target.connectLimit());
            setTimeLimit(TimeLimit.IDLE, target.idleLimit());
            connect(target.address());
        } catch (IOException e) {
            handleError(e);
        }
    }

    /** Returns true if the other side can send or keep what is received. */
    @Override
    public boolean readable() {
        return !ended && other.room() > 0;
    }

    /** Returns how many bytes this side can take now. */
    private int room() {
        if (unsent == null) {
            return connected() || connecting() ? buffers.bufferBytes() : 0;
        }
        return connecting() ? unsent.capacity() - unsent.remaining() : 0;
    }

    @Override
    public boolean writable() {
        return connecting() || unsent != null || isToFinish() || isOver();
    }

    private boolean isToFinish() {
        return other.ended && unsent == null && !finished;
    }

    private boolean isOver() {
        return finished && other.finished;
    }

    @Override
    public void handleConnect() {
        other.setTimeLimit(TimeLimit.IDLE, target.idleLimit());
        loop().refresh(other);
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer().limit(other.room());
        if (buffer.hasRemaining() && recv(buffer) > 0) {
            other.pass(buffer.flip());
        }
    }

    /** Passes the end of the stream on; this side may still send. */
    @Override
    public void handleClose() throws IOException {
        ended = true;
        other.finish();
        loop().refresh(other);
    }

    private void pass(ByteBuffer data) throws IOException {
        if (unsent == null && connected()) {
            send(data);
        }
        if (data.hasRemaining() && (connected() || connecting())) {
            unsent = (unsent == null ? buffers.take() : unsent.compact())
                    .put(data)
                    .flip();
        }
    }

    /** Passes the end of the stream on, unless bytes are still to be sent before it. */
    private void finish() throws IOException {
        if (connected() && isToFinish()) {
            finished = true;
            shutdownOutput();
        }
    }

    /** Does nothing: both sides go on until their peers end, or the time of grace is over. */
    @Override
    public void handleShutdown() {}

    /** Sends the kept bytes. Also called when a layer like TLS has sent all that it was given. */
    @Override
    public void handleWrite() throws IOException {
        if (isOver()) {
            close();
        } else if (unsent != null) {
            send(unsent);
            if (unsent != null && !unsent.hasRemaining()) {
                release();
                loop().refresh(other);
            }
        }
        finish();
    }

    /** Resets both sides, because the other peer must not take a loss for the end of the stream. */
    @Override
    public void handleLost(IOException cause) {
        cutOff(ErrorMessages.of(cause));
    }

    @Override
    public void handleError(Throwable cause) {
        cutOff(ErrorMessages.of(cause));
    }

    @Override
    public void handleTimeout(TimeLimit which) {
        cutOff(
                which == TimeLimit.CONNECT
                        ? "no connection in " + target.connectLimit().toSeconds() + " s"
                        : "nothing has passed for " + target.idleLimit().toSeconds() + " s");
    }

    private void cutOff(String reason) {
        log().warn(
                        "cutting off {} and {}: {}",
                        Addresses.hostPort(remoteAddress()),
                        Addresses.hostPort(other.remoteAddress()),
                        reason);
        reset();
        other.reset();
    }

    /** Closes with RST instead of FIN, and without the {@code close_notify} of TLS. */
    private void reset() {
        if (connected()) {
            try {
                setOption(StandardSocketOptions.SO_LINGER, 0);
                closeBelow();
            } catch (IOException e) {
                log().debug("{} cannot be reset, only closed", this, e);
            }
        }
        close();
    }

    private void closeBelow() throws IOException {
        if (stream() instanceof StreamLayer layer) {
            delChannel(); // a stream leaves the loop before it is closed
            layer.transport().close();
        }
    }

    @Override
    public void close() {
        super.close();
        release();
    }

    private void release() {
        if (unsent != null) {
            buffers.giveBack(unsent);
            unsent = null;
        }
    }
}
