// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A connection for programs that block: it leaves the hooks of its loop, and a thread of its own reads and writes it
 * through streams. So a server may be written as one of Python's {@code socketserver} is.
 *
 * <p>The loop still moves the bytes, between the channel and two buffers of 16 KiB, so this works with every poller and
 * with TLS, and a peer that sends more than the thread reads is not read either. What blocks is the thread of the
 * handler, which may be a virtual thread. A loop has to run meanwhile.
 *
 * <p>All methods may be called from any thread, except that the constructor and {@link #serve} belong to the loop's
 * thread. There the streams throw an {@link IllegalStateException} instead of blocking.
 */
public final class BlockingConnection implements Closeable {
    private static final Logger LOG = Bridge.LOG;

    private final Bridge bridge;

    /**
     * Takes over a connection, which may be a layer such as TLS. It has no dispatcher: it was accepted just now, or its
     * dispatcher has called {@link org.asyncore.SocketDispatcher#delChannel delChannel}. Called on the loop's thread.
     * If this throws, nothing changes.
     *
     * @throws IllegalArgumentException if the channel is not connected, or not of this loop's backend
     */
    public BlockingConnection(Loop loop, StreamChannel channel) {
        if (!requireNonNull(channel, "channel").isConnected()) {
            throw new IllegalArgumentException("not connected: " + channel);
        }
        bridge = new Bridge(loop, channel);
    }

    /**
     * Takes over a connection, as the constructor does, and lets an executor run a handler, which closes it. If the
     * executor rejects the handler, the connection is closed with a warning.
     *
     * @param executor runs the handler on another thread
     */
    public static BlockingConnection serve(
            Loop loop, StreamChannel channel, Executor executor, BlockingHandler handler) {
        requireNonNull(executor, "executor");
        requireNonNull(handler, "handler");
        BlockingConnection connection = new BlockingConnection(loop, channel);
        boolean started = false;
        try {
            executor.execute(() -> connection.run(handler));
            started = true;
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the JVM's error if it can start no more threads
            LOG.warn("{} has no thread for its handler, and is closed: {}", connection, e.getMessage());
        } finally {
            if (!started) {
                connection.close();
            }
        }
        return connection;
    }

    private void run(BlockingHandler handler) {
        try (this) {
            handler.handle(this);
        } catch (Exception | Error e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (bridge.hasThrown(e) || e instanceof InterruptedException) {
                LOG.info("the handler of {} has ended: {}", this, e.getMessage());
            } else {
                LOG.error("the handler of {} has failed", this, e);
            }
        }
    }

    /**
     * Returns the input. {@code read} waits for at least one byte, and returns -1 at the end of the input, which is the
     * peer's end, {@link #shutdownInput}, or by default a shutdown of the loop. It throws
     *
     * <ul>
     *   <li>a {@link java.net.SocketTimeoutException} after the {@linkplain #setReadTimeout time limit}, and no byte is
     *       lost: the next {@code read} goes on;
     *   <li>an {@link java.io.InterruptedIOException} if the thread is interrupted while it waits, which keeps the
     *       thread interrupted and the connection open;
     *   <li>an {@link IOException} with the peer's address if the connection is lost or its loop is closed, after the
     *       bytes that were received before;
     *   <li>a {@link java.net.SocketException} if the connection is closed, also during the wait.
     * </ul>
     *
     * Closing the stream closes the connection.
     */
    public InputStream inputStream() {
        return bridge.input;
    }

    /**
     * Returns the output. {@code write} waits while the buffer is full, and the loop sends at once: no {@code flush} is
     * needed for that. {@code flush} waits until the system has taken all bytes that were written before. Both throw as
     * {@code read} does, and {@link java.io.InterruptedIOException#bytesTransferred} of a timeout or an interrupt says
     * how many bytes of this write were taken, and are sent. Each write of several threads is sent as a whole. Closing
     * the stream closes the connection.
     */
    public OutputStream outputStream() {
        return bridge.output;
    }

    /**
     * Sets how long a {@code read} waits.
     *
     * @param timeout zero for no limit, which is the default
     */
    public void setReadTimeout(Duration timeout) {
        bridge.input.shared.setTimeout(timeout);
    }

    /**
     * Sets how long a {@code write} or {@code flush} waits while the peer receives nothing.
     *
     * @param timeout zero for no limit, which is the default
     */
    public void setWriteTimeout(Duration timeout) {
        bridge.output.shared.setTimeout(timeout);
    }

    /**
     * Sets how long the loop goes on sending after {@link #close}; 30 seconds by default. Bytes that are unsent then
     * are lost, with a warning.
     */
    public void setLingerTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        bridge.setLingerTimeout(timeout);
    }

    /** Returns the peer's address: {@code client_address}. Null for a peer without one. */
    public @Nullable SocketAddress remoteAddress() {
        return bridge.remote();
    }

    /** Ends the input after the bytes that were received already; {@code read} returns -1 then. */
    public void shutdownInput() {
        bridge.input.shutdown();
    }

    /**
     * Ends the output after the bytes that were written already, {@code shutdown(2)}: the peer reads the end of the
     * stream, and may go on sending. Does not wait.
     */
    public void shutdownOutput() throws IOException {
        bridge.output.shutdown();
    }

    /**
     * Returns true once the loop is being {@linkplain Loop#shutdown shut down}. The handler has the time of grace to
     * finish: what it writes is sent, and it may go on reading if it has changed {@link #onShutdown}.
     */
    public boolean isShuttingDown() {
        return bridge.isShuttingDown();
    }

    /**
     * Sets what a shutdown of the loop does, on the loop's thread. By default it is {@link #shutdownInput}, so a handler
     * that waits for its next request reads the end of the input and finishes. A handler that must read on gives an
     * action that does less.
     */
    public void onShutdown(Runnable action) {
        bridge.setShutdownAction(requireNonNull(action, "action"));
    }

    /**
     * Closes the connection. Threads that wait in it get a {@link java.net.SocketException}. The loop sends what was
     * written before, within the {@linkplain #setLingerTimeout time}. Does not wait; closing twice does nothing.
     */
    @Override
    public void close() {
        bridge.end();
    }

    /** Returns the peer's address. */
    @Override
    public String toString() {
        return bridge.toString();
    }
}
