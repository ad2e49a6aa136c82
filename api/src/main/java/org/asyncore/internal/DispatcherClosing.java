// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.asyncore.Dispatcher;

/** Closes all dispatchers of a loop. */
final class DispatcherClosing {
    private DispatcherClosing() {}

    /** Closes all dispatchers as asyncore's {@code close_all} does. */
    static void closeAll(Reactor reactor, boolean ignoreAll) throws IOException {
        reactor.beginClosing();
        try {
            List<Dispatcher> all = List.copyOf(reactor.dispatchers());
            for (Dispatcher dispatcher : all) {
                close(dispatcher, ignoreAll);
            }
            all.forEach(reactor::remove);
        } finally {
            reactor.endClosing();
        }
        reactor.flush();
    }

    private static void close(Dispatcher dispatcher, boolean ignoreAll) {
        try {
            dispatcher.close();
        } catch (ClosedChannelException e) {
            LoopLog.LOG.trace("{} was closed already", dispatcher, e);
        } catch (Exception | Error e) {
            HookFailures.throwIfLeavesLoop(e);
            if (!ignoreAll) {
                throw unchecked(dispatcher, e);
            }
            LoopLog.LOG.debug("{} failed to close", dispatcher, e);
        }
    }

    private static RuntimeException unchecked(Dispatcher dispatcher, Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException e
                ? e
                : new UncheckedIOException("cannot close " + dispatcher, (IOException) failure);
    }

    /**
     * Closes all dispatchers at the end of the loop, even if some of them throw. If a dispatcher's own {@code close}
     * throws, its channel is closed here.
     */
    static void closeAll(Reactor reactor, LoopEnding ending) {
        reactor.beginClosing();
        for (Dispatcher dispatcher : List.copyOf(reactor.dispatchers())) {
            SocketMapEntry entry = reactor.entryOf(dispatcher);
            if (entry != null) { // else the close of another dispatcher has closed it
                if (!ending.attempt("{} failed to close", dispatcher, dispatcher::close)) {
                    ending.attempt("the channel of {} failed to close", dispatcher, () -> reactor.close(entry));
                }
                ending.attempt("{} failed to leave the loop", dispatcher, () -> reactor.remove(entry));
            }
        }
        reactor.endClosing();
    }
}
