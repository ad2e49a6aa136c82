// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.time.Duration;
import org.asyncore.internal.LoopSnapshot;

/**
 * The work of a loop until now, as {@link Loop#statistics} found it. Immutable.
 *
 * <p>All numbers but {@link #dispatchers} and {@link #queuedBytes} only grow, from 0 when the loop was opened. The
 * loop's thread counts while another one reads, so two numbers may differ by the event under way.
 */
public sealed interface LoopStatistics permits LoopSnapshot {
    /** Returns the number of turns that began, the ones that an exception cut short included. */
    long turns();

    /**
     * Returns how often a dispatcher was served to read or to accept: the calls of {@link Dispatcher#handleReadEvent}.
     * The work of a layer such as TLS on what its transport has received counts, too, even if there is nothing to read
     * for the dispatcher.
     */
    long reads();

    /** Returns how often a dispatcher was served to write: the calls of {@link Dispatcher#handleWriteEvent}. */
    long writes();

    /** Returns how often a dispatcher was served for urgent data: the calls of {@link Dispatcher#handleExptEvent}. */
    long urgentReads();

    /** Returns the number of tasks of {@link Loop#execute} that were run, failed ones included. */
    long tasks();

    /** Returns how often a timer's task was run; each run of a periodic timer counts. */
    long timers();

    /**
     * Returns the number of waits that could block. A turn in which something was ready, due or queued before it polled
     * does not wait, so it is not counted.
     */
    long waits();

    /**
     * Returns the time that the {@link #waits} took, busy polling included. It includes the wait under way. A thread
     * that is ready to run and has no core waits too.
     */
    Duration waitTime();

    /**
     * Returns the time that hooks, tasks and timers took, that is the time of each turn from the end of its wait to its
     * end. It includes the hook under way. Asking {@link Dispatcher#readable} and {@link Dispatcher#writable} is not
     * included.
     */
    Duration hookTime();

    /**
     * Returns the longest {@link #hookTime} of one turn that has ended. No hook took longer. But a turn may have served
     * many dispatchers in that time, because single hooks are not measured. {@link #slowHooks} counts single hooks.
     */
    Duration longestHookTime();

    /**
     * Returns how many hooks, tasks and timers were seen to take longer than {@link LoopBuilder#slowHookThreshold}. It
     * stays 0 if that is zero.
     */
    long slowHooks();

    /** Returns the number of dispatchers that are in the loop now. */
    int dispatchers();

    /**
     * Returns the number of bytes that are queued now by the {@link BufferedDispatcher}s and
     * {@link org.asyncore.chat.ChatDispatcher}s in the loop. Bytes that producers hold do not count, nor bytes that the
     * system or a layer has taken.
     */
    long queuedBytes();

    /**
     * Returns the number of bytes that dispatchers have received by {@code recv} and {@code recvFrom}, from sockets and
     * files. Over TLS these are the bytes after decryption.
     */
    long receivedBytes();

    /**
     * Returns the number of bytes that the system or a layer has taken of what dispatchers sent by {@code send} and
     * {@code sendTo}, to sockets and files. Over TLS these are the bytes before encryption.
     */
    long sentBytes();
}
