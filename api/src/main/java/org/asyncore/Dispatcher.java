// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.Closeable;
import java.io.IOException;

/**
 * Handles the events of one channel in a {@link Loop}: an object in asyncore's {@code socket_map}. Most programs extend
 * {@link SocketDispatcher}, which distinguishes accepting, connecting, reading and writing. Implement this interface to
 * get the events as the poller reports them, and join a loop by {@link Loop#add}.
 *
 * <p>All methods are called on the loop's thread. An exception of an event method goes to {@link #handleError} of the
 * same dispatcher. An exception of {@link #readable}, {@link #writable} or {@code handleError} itself leaves
 * {@link Loop#run()}.
 */
public interface Dispatcher extends Closeable {
    /**
     * Returns true to wait for input, a connection to accept, or the end of the stream. Called before each wait, unless
     * the {@link InterestPolicy} says otherwise.
     */
    boolean readable();

    /**
     * Returns true to wait for room to send, or for a connection to be established. Called before each wait, unless the
     * {@link InterestPolicy} says otherwise.
     */
    boolean writable();

    /**
     * Handles input, a pending connection or the end of the stream: asyncore's {@code handle_read_event}.
     *
     * @throws Exception if anything fails; goes to {@link #handleError}
     */
    void handleReadEvent() throws Exception;

    /**
     * Handles room to send, or the outcome of a connection attempt: asyncore's {@code handle_write_event}.
     *
     * @throws Exception if anything fails; goes to {@link #handleError}
     */
    void handleWriteEvent() throws Exception;

    /**
     * Handles urgent (out-of-band) data: asyncore's {@code handle_expt_event}. Only pollers that can see urgent data
     * report them, and only while {@link #readable} returns true.
     *
     * @throws Exception if anything fails; goes to {@link #handleError}
     */
    void handleExptEvent() throws Exception;

    /**
     * Handles the end or the loss of the connection: asyncore's {@code handle_close}.
     *
     * @throws Exception if anything fails; goes to {@link #handleError}
     */
    void handleClose() throws Exception;

    /**
     * Handles an exception that an event method threw: asyncore's {@code handle_error}. An exception that this throws
     * itself leaves {@link Loop#run()}.
     *
     * @param cause the exception, which may also be one of the dispatcher's channel or registration. An {@link Error}
     *     comes here only if it concerns no more than one hook: {@link StackOverflowError}, {@link OutOfMemoryError},
     *     {@link AssertionError}, {@link LinkageError}, {@link java.io.IOError},
     *     {@link java.util.ServiceConfigurationError} or {@link java.nio.charset.CoderMalfunctionError}.
     *     {@link ExitNow} and any other {@link Error} leave the loop
     */
    void handleError(Throwable cause);

    /**
     * Ends the work of this dispatcher, because its loop is being {@linkplain Loop#shutdown shut down}. Called once. By
     * default calls {@link #handleClose}. A dispatcher that overrides this goes on until it closes itself, or the time of
     * grace is over. Listeners are closed instead.
     *
     * @throws Exception if anything fails; goes to {@link #handleError}
     */
    default void handleShutdown() throws Exception {
        handleClose();
    }

    /** Leaves the loop and releases the channel; calls no hook. {@link Loop#closeAll()} calls this. */
    @Override
    void close() throws IOException;
}
