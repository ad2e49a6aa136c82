// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.BufferPool;
import org.asyncore.internal.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The end of a {@link BlockingConnection} in its loop: a dispatcher that receives while there is room for input, and
 * sends what threads have written.
 */
final class Bridge extends SocketDispatcher {
    static final Logger LOG = LoggerFactory.getLogger(BlockingConnection.class);

    /** The reason why no more bytes can be exchanged. */
    private record Failure(String message, @Nullable Throwable cause, Level level) {}

    final ConnectionInput input = new ConnectionInput(this);
    final ConnectionOutput output = new ConnectionOutput(this);

    private final BufferPool buffers; // knows the thread of the loop
    private final @Nullable SocketAddress remote;
    private final String peer;
    private final Runnable update = this::updateAsTask;

    // Any thread writes these, and any thread reads them. A wait ends after they were written.
    private volatile boolean closed; // by the program
    private volatile @Nullable Failure failure; // only the loop writes it, once
    private volatile boolean failureThrown; // the program knows the failure
    private volatile @Nullable IOException thrown; // the last one that this connection has thrown
    private volatile boolean shuttingDown; // only the loop writes it
    private volatile Duration lingerTimeout = Duration.ofSeconds(30);
    private volatile Runnable shutdownAction = input::shutdown;

    // Only the loop uses these.
    private boolean wantsInput = true;
    private boolean wantsOutput;
    private boolean outputShutDown;
    private @Nullable TimerHandle lingering; // set while the rest is sent after the program has closed

    Bridge(Loop loop, StreamChannel channel) {
        super(loop, channel);
        buffers = ((EventLoop) loop).buffers();
        remote = remoteAddress();
        String address = Objects.toString(remote, "");
        peer = address.isEmpty() ? "the peer of " + localAddress() : address; // a Unix-domain socket without a name
    }

    // What any thread may call.

    /** Returns the peer's address as it was when the connection was taken over. */
    @Nullable
    SocketAddress remote() {
        return remote;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    void setShutdownAction(Runnable action) {
        shutdownAction = action;
    }

    void setLingerTimeout(Duration timeout) {
        lingerTimeout = timeout;
    }

    /** Notes an exception, and returns it. */
    IOException thrown(IOException cause) {
        thrown = cause;
        return cause;
    }

    /** Returns true if the connection has thrown this exception, or one that caused it. */
    boolean hasThrown(Throwable exception) {
        IOException last = thrown;
        for (Throwable t = exception; t != null && last != null; t = t.getCause()) {
            if (t == last) {
                return true;
            }
        }
        return false;
    }

    void checkMayBlock() {
        if (buffers.belongToThisThread()) {
            throw new IllegalStateException(this + ": a blocking call on the thread of its loop would wait for ever,"
                    + " because this thread has to move the bytes: call it on another thread");
        }
    }

    void checkNotClosed() throws IOException {
        if (closed) {
            throw thrown(new SocketException(this + " is closed"));
        }
    }

    void checkFailure() throws IOException {
        Failure reason = failure;
        if (reason != null) {
            failureThrown = true;
            throw thrown(new IOException(reason.message, reason.cause));
        }
    }

    /** Lets the loop look at the shared bytes again. */
    void refresh() {
        try {
            loop().execute(update);
        } catch (RejectedExecutionException e) {
            // the loop is closing, and closes this too
        }
    }

    /** Closes for the program. The loop sends what was written before. */
    void end() {
        if (closed) {
            return;
        }
        closed = true;
        input.shared.wakeup();
        output.shared.wakeup();
        if (failure == null) {
            refresh();
        } else {
            reportUnsent();
        }
    }

    // What the loop calls.

    @Override
    public boolean readable() {
        return wantsInput;
    }

    @Override
    public boolean writable() {
        return wantsOutput;
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer();
        buffer.limit(Math.min(buffer.capacity(), input.room()));
        if (recv(buffer) > 0) {
            input.append(buffer.flip());
            wantsInput = input.isWanted();
        }
    }

    @Override
    public void handleWrite() throws IOException {
        sendPending();
        if (connected()) {
            update();
        }
    }

    private void sendPending() throws IOException {
        ByteBuffer buffer = readBuffer();
        output.copyTo(buffer);
        if (buffer.flip().hasRemaining()) {
            send(buffer);
        }
        if (connected()) {
            output.sent(buffer.position(), unsentBytes() == 0);
        }
    }

    private void updateAsTask() {
        try {
            if (connected()) {
                update();
            }
        } catch (IOException | RuntimeException e) {
            handleError(e);
        }
    }

    /** Decides what to wait for, and ends what is done. After a close it first sends what the system takes at once. */
    private void update() throws IOException {
        if (closed && lingering == null) {
            sendPending();
        }
        if (connected()) {
            decide();
            loop().refresh(this);
        }
    }

    private void decide() throws IOException {
        wantsInput = input.isWanted();
        wantsOutput = output.isPending();
        if (closed && !wantsOutput) {
            release();
        } else if (closed && lingering == null) {
            lingering = loop().schedule(lingerTimeout, this::expire);
        } else if (!wantsOutput && !outputShutDown && output.isEnded()) {
            outputShutDown = true;
            shutdownOutput();
        }
    }

    private void expire() {
        fail("the peer has not received all within " + lingerTimeout + " after the close", null, Level.WARN);
    }

    /** Notes the end of the input. The output goes on. */
    @Override
    public void handleClose() {
        wantsInput = false;
        input.end();
    }

    @Override
    public void handleLost(IOException cause) {
        fail("the connection is lost: " + text(cause), cause, Level.INFO);
    }

    @Override
    public void handleError(Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("{} has failed, and is closed", this, cause);
        }
        fail("the connection has failed: " + text(cause), cause, Level.INFO);
    }

    private static String text(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    /** {@inheritDoc} The handler goes on, and closes the connection when it has finished. */
    @Override
    public void handleShutdown() {
        shuttingDown = true;
        shutdownAction.run();
    }

    /** Closes for the loop, which does not wait for the handler. */
    @Override
    public void close() {
        fail(
                "its loop has closed it: let the handler finish before the loop is closed, or give Loop.shutdown more"
                        + " time",
                null,
                Level.WARN);
    }

    private void fail(String reason, @Nullable Throwable cause, Level level) {
        if (connected()) {
            failure = new Failure(this + ": " + reason, cause, level);
            release();
        }
    }

    private void release() {
        if (lingering != null) {
            lingering.cancel();
        }
        try {
            super.close();
        } finally {
            input.shared.wakeup();
            output.shared.wakeup();
            if (closed) {
                reportUnsent();
            }
        }
    }

    /** Logs a loss that no operation of the program reports any more. */
    private void reportUnsent() {
        Failure reason = failure;
        int unsent = output.dropUnsent();
        if (unsent > 0 && reason != null && !failureThrown) {
            LOG.atLevel(reason.level).log("{}; {} bytes were not sent", reason.message, unsent);
        }
    }

    @Override
    public String toString() {
        return "BlockingConnection[" + peer + "]";
    }
}
