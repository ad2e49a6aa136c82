// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to connect to the addresses of a host, "Happy Eyeballs" of RFC 8305. The next one begins when one fails, or
 * after a delay, while those before go on. The first that is established wins, and the others are closed.
 */
final class ConnectionRace {
    /** Gets the outcome. */
    interface Outcome {
        /** Takes over the socket that has won. It is not registered. */
        void established(StreamChannel socket, InetSocketAddress address);

        void failed(List<FailedAttempt> attempts);
    }

    /** The reason why an address could not be connected to. */
    record FailedAttempt(InetSocketAddress address, Exception reason) {
        /** Returns true if the peer refused, or there is no way to it. */
        boolean isRefusal() {
            return reason instanceof ConnectException || reason instanceof NoRouteToHostException;
        }

        @Override
        public String toString() {
            String message = reason.getMessage();
            return address.getAddress().getHostAddress() + ": " + (message == null ? reason.toString() : message);
        }
    }

    private record Attempt(InetSocketAddress address, StreamChannel socket, Registration registration) {
        void end() {
            registration.cancel();
            close(socket);
        }
    }

    /** The value that RFC 8305 recommends in section 8 for the Connection Attempt Delay. */
    private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private final EventLoop loop;
    private final SocketMapEntry entry;
    private final Outcome outcome;
    private final ArrayDeque<InetSocketAddress> untried = new ArrayDeque<>();
    private final List<Attempt> attempts = new ArrayList<>(); // under way
    private final List<FailedAttempt> failed = new ArrayList<>();
    private @Nullable TimerHandle delay; // until the next attempt; null if none has begun or none is left

    /**
     * Makes a race that has not begun.
     *
     * @param entry becomes readable when {@link #advance} has to be called
     */
    ConnectionRace(EventLoop loop, SocketMapEntry entry, Outcome outcome) {
        this.loop = loop;
        this.entry = entry;
        this.outcome = outcome;
    }

    /** Tries these addresses, in the order of RFC 8305. */
    void begin(List<InetAddress> addresses, int port) {
        for (InetAddress address : AddressOrder.interleaved(addresses)) {
            untried.add(new InetSocketAddress(address, port));
        }
        tryNext();
    }

    /** Begins the next attempt. If it fails at once, begins the one after it. */
    private void tryNext() {
        cancelDelay();
        boolean begun = false;
        while (!begun && !untried.isEmpty()) {
            begun = begin(untried.remove());
        }
        if (!untried.isEmpty()) {
            delay = loop.schedule(ATTEMPT_DELAY, timer -> tryNext());
        } else if (attempts.isEmpty()) {
            outcome.failed(failed);
        }
    }

    private boolean begin(InetSocketAddress address) {
        StreamChannel socket = null;
        boolean begun = false;
        try {
            boolean six = address.getAddress() instanceof Inet6Address;
            socket = loop.backend().openStream(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            socket.connect(address); // if it is established at once, the poller reports that, too
            attempts.add(new Attempt(address, socket, entry.registerAttempt(socket)));
            begun = true;
        } catch (IOException | RuntimeException e) {
            failed.add(new FailedAttempt(address, e));
        } finally {
            if (!begun && socket != null) {
                close(socket);
            }
        }
        return begun;
    }

    /** Looks which attempts have an outcome. */
    void advance() {
        boolean anyFailed = false;
        for (Iterator<Attempt> all = attempts.iterator(); all.hasNext(); ) {
            Attempt attempt = all.next();
            try {
                if (attempt.socket.finishConnect()) {
                    all.remove();
                    attempt.registration.cancel();
                    end();
                    outcome.established(attempt.socket, attempt.address);
                    return;
                }
            } catch (IOException e) {
                all.remove();
                attempt.end();
                failed.add(new FailedAttempt(attempt.address, e));
                anyFailed = true;
            }
        }
        if (anyFailed) {
            tryNext();
        }
    }

    /** Ends all attempts. */
    void end() {
        cancelDelay();
        untried.clear();
        attempts.forEach(Attempt::end);
        attempts.clear();
    }

    private void cancelDelay() {
        if (delay != null) {
            delay.cancel();
            delay = null;
        }
    }

    /** Closes a socket that is not registered. */
    static void close(StreamChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LoopLog.LOG.debug("{} failed to close", socket, e); // close(2) frees the descriptor even if it fails
        }
    }
}
