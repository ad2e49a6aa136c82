// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.asyncore.Dispatcher;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamLayer;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Closes layers, and keeps those that have not sent all that their dispatchers gave them. */
final class LingeringLayers {
    private final Poller poller;
    private final TimerQueue timers;
    private final BufferPool buffers;
    private final LoopCounts counts;
    private final Set<Connection> all = new LinkedHashSet<>();
    private final ArrayDeque<Connection> ready = new ArrayDeque<>(); // reported by the poller, and not served yet

    LingeringLayers(Poller poller, TimerQueue timers, BufferPool buffers, LoopCounts counts) {
        this.poller = poller;
        this.timers = timers;
        this.buffers = buffers;
        this.counts = counts;
    }

    /** Closes a layer once everything that it has taken is sent. The dispatcher has left the loop. */
    void close(StreamLayer layer, Dispatcher dispatcher) throws IOException {
        Connection connection = new Connection(layer, dispatcher);
        boolean done = true;
        try {
            done = layer.finish();
        } catch (ClosedChannelException e) {
            LoopLog.LOG.trace("{} was closed before its dispatcher", layer, e);
        } catch (IOException e) {
            connection.reportLoss(Level.INFO, e.toString());
        } finally {
            if (done) {
                layer.close();
            }
        }
        if (!done) {
            all.add(connection);
            connection.begin();
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void serve() {
        for (Connection connection = ready.poll(); connection != null; connection = ready.poll()) {
            LoopCounts.add(counts.others, 1);
            connection.advance();
        }
    }

    /** Sends what can be sent at once, and reports the rest as lost. */
    void closeAll() {
        List<Connection> left = new ArrayList<>(all);
        left.forEach(Connection::advance);
        left.forEach(connection -> connection.end("the loop was closed"));
    }

    private enum State {
        SENDING,
        DISCARDING,
        ENDED
    }

    /**
     * The rest of a layered connection whose dispatcher has closed. It sends what the layer has taken, ends the sending
     * direction, and discards what the peer still sends, until the peer ends too or the time is over. It discards
     * because a socket that closes over unread bytes resets the connection, and then the peer may lose what it has not
     * read yet (RFC 9112, section 9.6). Its timer keeps {@code run()} from returning.
     */
    private final class Connection implements ReadyHandler {
        private final StreamLayer layer;
        private final Dispatcher dispatcher;
        private final @Nullable SocketAddress remote;
        private int unsentBytes; // the last known number, because a layer that has failed reports none
        private State state = State.SENDING;
        private @Nullable Registration registration; // from begin() to end()
        private @Nullable TimerHandle timer; // from begin() to end()

        Connection(StreamLayer layer, Dispatcher dispatcher) {
            this.layer = layer;
            this.dispatcher = dispatcher;
            remote = remoteOf(layer);
            unsentBytes = layer.unsentBytes();
        }

        private static @Nullable SocketAddress remoteOf(StreamLayer layer) {
            try {
                return layer.getRemoteAddress();
            } catch (IOException e) {
                return null; // closed already
            }
        }

        /** Waits for room to send. */
        void begin() throws IOException {
            unsentBytes = layer.unsentBytes();
            Duration timeout = layer.lingerTimeout();
            if (timeout.isZero()) {
                end("the layer does not linger");
                return;
            }
            String late = "the peer did not take them within " + timeout;
            try {
                timer = timers.schedule(self -> end(late), timeout, false);
                registration = poller.register(WrappingChannel.polled(layer), this);
                registration.interest(Ops.WRITE);
            } catch (IOException | RuntimeException e) {
                end(e.toString()); // the loop is closed, or the poller refuses the transport
            }
        }

        @Override
        public void ready(Ops ops) {
            ready.add(this);
        }

        /** Sends, then discards, as far as the transport lets it. */
        void advance() {
            try {
                if (state == State.SENDING && sendsAll()) {
                    layer.transport().shutdownOutput();
                    state = State.DISCARDING;
                    if (registration != null) {
                        registration.interest(Ops.READ);
                    }
                }
                if (state == State.DISCARDING && isAtEnd()) {
                    end("");
                }
            } catch (IOException e) {
                end(Level.INFO, e.toString()); // the peer is lost, which is no fault of this program
            } catch (RuntimeException e) {
                end(e.toString());
            }
        }

        private boolean sendsAll() throws IOException {
            unsentBytes = layer.unsentBytes();
            boolean sent = layer.finish();
            unsentBytes = layer.unsentBytes();
            return sent;
        }

        private boolean isAtEnd() throws IOException {
            ByteBuffer buffer = buffers.borrow();
            try {
                return layer.transport().read(buffer) < 0;
            } finally {
                buffers.giveBack(buffer);
            }
        }

        /** Closes the connection, whatever is left. */
        void end(String reason) {
            end(Level.WARN, reason);
        }

        private void end(Level level, String reason) {
            if (state == State.ENDED) {
                return;
            }
            reportLoss(level, reason);
            state = State.ENDED;
            all.remove(this);
            if (timer != null) {
                timer.cancel();
            }
            if (registration != null) {
                registration.cancel();
            }
            try {
                layer.close();
            } catch (IOException | RuntimeException e) {
                LoopLog.LOG.debug("{} failed to close", layer, e); // close(2) frees the descriptor even if it fails
            }
        }

        /** Logs how many bytes were not sent, if any. */
        private void reportLoss(Level level, String reason) {
            if (state == State.SENDING && unsentBytes > 0) {
                LoopLog.LOG
                        .atLevel(level)
                        .log(
                                "{} has closed, and the last {} bytes that it sent to {} are lost: {}",
                                dispatcher,
                                unsentBytes,
                                remote,
                                reason);
            }
        }
    }
}
