// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.BufferPool;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.examples.shared.IdleTimer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two sides of a connection through the proxy. What a side receives, the other one sends in the same hook. It
 * keeps what the system has no room for, and until that has left, nothing more is received: so a slow side slows the other
 * one down, and no more than one buffer is kept for each. While the target's side connects, a buffer of what the client sends
 * is kept for it, so that a client that is lost meanwhile is noticed.
 *
 * <p>The end of a stream is passed on when all before it has been sent; a connection is over when both sides have ended. What
 * fails on one side resets the other, which must not take it for an orderly end. A side that wants nothing is not looked at, and
 * its peer may be lost unnoticed: so there is a time limit for connecting, and one for passing nothing.
 */
final class ProxySide extends SocketDispatcher {
    private final ProxySide other;
    private final BufferPool buffers;
    private final ProxyTarget target;
    private final IdleTimer timer; // of both sides
    private @Nullable ByteBuffer kept; // what the other side received and this one has still to send, or null
    private boolean ended; // its peer sends no more
    private boolean finished; // its peer has been told that the other's sends no more

    /** The client's side, which has accepted; it makes the other, which connects. */
    ProxySide(Loop loop, StreamChannel client, ProxyTarget target, BufferPool buffers) {
        super(loop, client);
        this.target = target;
        this.buffers = buffers;
        timer = new IdleTimer(loop, target.connectLimit(), this::giveUp);
        other = new ProxySide(this);
        other.connectToTarget();
    }

    private ProxySide(ProxySide client) {
        super(client.loop());
        target = client.target;
        buffers = client.buffers;
        timer = client.timer;
        other = client;
    }

    private void connectToTarget() {
        try {
            createSocket(Addresses.family(target.address()), SocketType.STREAM);
            setOption(StandardSocketOptions.TCP_NODELAY, true);
            setSocket(target.over(stream()));
            connect(target.address());
        } catch (IOException e) {
            handleError(e);
        }
    }

    /** Nothing is received that the other side could not send or keep. */
    @Override
    public boolean readable() {
        return !ended && other.room() > 0;
    }

    /** How many bytes this side would take now. */
    private int room() {
        if (kept == null) {
            return connected() || connecting() ? buffers.bufferBytes() : 0;
        }
        return connecting() ? kept.capacity() - kept.remaining() : 0;
    }

    @Override
    public boolean writable() {
        return connecting() || kept != null || isToFinish() || isOver();
    }

    private boolean isToFinish() {
        return other.ended && kept == null && !finished;
    }

    private boolean isOver() {
        return finished && other.finished;
    }

    @Override
    public void handleConnect() {
        timer.setLimit(target.idleLimit());
        loop().refresh(other);
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer().limit(other.room());
        if (buffer.hasRemaining() && recv(buffer) > 0) {
            timer.restart();
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
        if (kept == null && connected()) {
            send(data);
        }
        if (data.hasRemaining() && (connected() || connecting())) {
            kept = (kept == null ? buffers.take() : kept.compact()).put(data).flip();
        }
    }

    /** Passes the end of the stream on, unless something is still to be sent before it. */
    private void finish() throws IOException {
        if (connected() && isToFinish()) {
            finished = true;
            shutdownOutput();
        }
    }

    /** Sends what was kept. That there is room for more tells, too, that a layer like TLS has sent all it was given. */
    @Override
    public void handleWrite() throws IOException {
        if (isOver()) {
            close();
        } else if (kept != null) {
            timer.restart();
            send(kept);
            if (kept != null && !kept.hasRemaining()) {
                release();
                loop().refresh(other);
            }
        }
        finish();
    }

    /** Passes a loss on: the other peer must not take it for the end of the stream. */
    @Override
    public void handleLost(IOException cause) {
        cutOff(ErrorMessages.of(cause));
    }

    @Override
    public void handleError(Throwable cause) {
        cutOff(ErrorMessages.of(cause));
    }

    private void giveUp() {
        boolean connecting = connecting() || other.connecting();
        Duration limit = connecting ? target.connectLimit() : target.idleLimit();
        cutOff((connecting ? "no connection in " : "nothing has passed for ") + limit.toSeconds() + " s");
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

    /** Closes by RST instead of FIN, and without the good-bye that TLS would say. */
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
        if (!other.connected() && !other.connecting()) {
            timer.cancel();
        }
    }

    private void release() {
        if (kept != null) {
            buffers.giveBack(kept);
            kept = null;
        }
    }
}
