// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.Closeable;
import java.io.IOException;

/**
 * What a {@link Loop} calls: the object in asyncore's {@code socket_map}. Most programs extend {@link SocketDispatcher},
 * which tells the events apart; implement this to have them raw, and join by {@link Loop#add}.
 *
 * <p>All methods are called on the loop's thread. An exception from an event method goes to {@link #handleError} of the
 * same dispatcher; one from {@link #readable}, {@link #writable} or {@code handleError} itself leaves {@link Loop#run()}.
 */
public interface Dispatcher extends Closeable {
    /** Whether to wait for input, a connection to accept, or the end of the stream. Asked on every turn. */
    boolean readable();

    /** Whether to wait for room to send, or for a connection to be established. Asked on every turn. */
    boolean writable();

    /**
     * Input, a connection or the end of the stream is there: asyncore's {@code handle_read_event}.
     *
     * @throws Exception whatever went wrong; goes to {@link #handleError}
     */
    void handleReadEvent() throws Exception;

    /**
     * There is room to send, or a connection attempt has ended: asyncore's {@code handle_write_event}.
     *
     * @throws Exception whatever went wrong; goes to {@link #handleError}
     */
    void handleWriteEvent() throws Exception;

    /**
     * Urgent (out-of-band) data wait: asyncore's {@code handle_expt_event}. Only on pollers that can see them, and only
     * while {@link #readable}.
     *
     * @throws Exception whatever went wrong; goes to {@link #handleError}
     */
    void handleExptEvent() throws Exception;

    /**
     * The connection has ended or failed: asyncore's {@code handle_close}.
     *
     * @throws Exception whatever went wrong; goes to {@link #handleError}
     */
    void handleClose() throws Exception;

    /**
     * An event method threw: asyncore's {@code handle_error}. What this throws itself leaves {@link Loop#run()}.
     *
     * @param cause what was thrown, also by the dispatcher's channel or its registration. Of errors only those that concern no
     *     more than one hook: {@link StackOverflowError}, {@link OutOfMemoryError}, {@link AssertionError},
     *     {@link LinkageError}, {@link java.io.IOError}, {@link java.util.ServiceConfigurationError} and
     *     {@link java.nio.charset.CoderMalfunctionError}. {@link ExitNow} and any other {@link Error} leave the loop
     */
    void handleError(Throwable cause);

    /** Leaves the loop and releases the channel; calls no hook. {@link Loop#closeAll()} calls this. */
    @Override
    void close() throws IOException;
}
