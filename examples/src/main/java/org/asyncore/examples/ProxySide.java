// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.spi.StreamChannel;
import org.asyncore.spi.StreamLayer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two sides of a connection through the proxy. What a side receives, the other one sends in the same hook. It
 * keeps what the system has no room for, and until that has left, nothing more is received: so a slow side slows the other
 * one down, and no more than one buffer is kept for each.
 *
 * <p>The end of a stream, too, is received only when all before it has been sent, so it is passed on at once; a connection
 * is over when both sides have ended. What fails on one side resets the other, which must not take it for an orderly end.
 */
final class ProxySide extends SocketDispatcher {
    private final ProxySide other;
    private final BufferPool buffers;
    private @Nullable ByteBuffer kept; // what the other side received and this one has still to send, or null
    private boolean ended; // its peer sends no more

    /** The client's side, which has accepted; it makes the other, which connects. */
    ProxySide(Loop loop, StreamChannel client, ProxyTarget target, BufferPool buffers) {
        super(loop, client);
        this.buffers = buffers;
        other = new ProxySide(this);
        other.connectTo(target);
    }

    private ProxySide(ProxySide client) {
        super(client.loop());
        buffers = client.buffers;
        other = client;
    }

    private void connectTo(ProxyTarget target) {
        try {
            createSocket(Addresses.family(target.address()), SocketType.STREAM);
            setOption(StandardSocketOptions.TCP_NODELAY, true);
            setSocket(target.over(stream()));
            connect(target.address());
        } catch (IOException e) {
            handleError(e);
        }
    }

    /** Nothing is received that the other side could not send. */
    @Override
    public boolean readable() {
        return !ended && other.connected() && other.kept == null;
    }

    @Override
    public boolean writable() {
        return connecting() || kept != null || isOver();
    }

    private boolean isOver() {
        return ended && other.ended;
    }

    @Override
    protected void handleConnect() {
        loop().refresh(other);
    }

    /** Reads the stream itself, since {@link #recv} makes no difference between its end and its loss. */
    @Override
    protected void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer();
        int n = stream().read(buffer);
        if (n > 0) {
            other.pass(buffer.flip());
        } else if (n < 0) {
            ended = true;
            other.shutdownOutput();
            loop().refresh(other);
        }
    }

    private void pass(ByteBuffer data) throws IOException {
        send(data);
        if (data.hasRemaining() && connected()) {
            kept = buffers.take().put(data).flip();
        }
    }

    /** Sends what was kept. That there is room for more tells, too, that a layer like TLS has sent all it was given. */
    @Override
    protected void handleWrite() throws IOException {
        if (isOver()) {
            close();
        } else if (kept != null) {
            send(kept);
            if (kept != null && !kept.hasRemaining()) {
                release();
                loop().refresh(other);
            }
        }
    }

    /** What {@link #send} calls when the connection is lost. */
    @Override
    public void handleClose() {
        cutOff("the connection is lost");
    }

    @Override
    public void handleError(Throwable cause) {
        cutOff(Trouble.in(cause));
    }

    private void cutOff(String reason) {
        log().warn(
                        "cutting off {} and {}: {}",
                        Addresses.hostPort(address()),
                        Addresses.hostPort(other.address()),
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
    }

    private void release() {
        if (kept != null) {
            buffers.giveBack(kept);
            kept = null;
        }
    }
}
