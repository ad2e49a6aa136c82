// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import org.asyncore.TimerHandle;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a listener rest for a second when no descriptor is left for the next connection, because it would be ready on
 * every turn. Connections stay pending in the system's queue meanwhile. Logs the first rest of a series, and the end of
 * the series.
 */
final class ListenerRest {
    private static final Duration REST = Duration.ofSeconds(1);

    private final SocketMapEntry listener;
    private final Reactor reactor;
    private final TimerQueue timers;
    private int failures; // attempts to accept that failed since one last succeeded
    private @Nullable TimerHandle end; // from the first rest on

    ListenerRest(SocketMapEntry listener, Reactor reactor, TimerQueue timers) {
        this.listener = listener;
        this.reactor = reactor;
        this.timers = timers;
    }

    /** Begins a rest. Logging comes last, because it may itself fail for lack of descriptors. */
    void begin(TooManyOpenFilesException cause) {
        listener.rest();
        if (end == null) {
            end = timers.schedule(timer -> end(), REST, false);
        } else {
            end.restart();
        }
        if (failures++ == 0) {
            LoopLog.LOG.warn(
                    "no file descriptor is left, so {} rests for {} at a time:"
                            + " raise the limit of open files, or close connections",
                    listener.dispatcher,
                    REST,
                    cause);
        }
    }

    private void end() {
        listener.setState(ChannelState.LISTENING);
        reactor.changed(listener);
    }

    /** Notes that a connection was accepted. */
    void accepted() {
        if (failures > 0) {
            LoopLog.LOG.info(
                    "{} accepts again, after {} attempts that found no file descriptor", listener.dispatcher, failures);
            failures = 0;
        }
    }

    void cancel() {
        if (end != null) {
            end.cancel();
        }
    }
}
