// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import org.asyncore.channels.StreamChannel;

/** Turns bound sockets into listeners. */
final class SocketListening {
    private final Reactor reactor;
    private final TimerQueue timers;

    SocketListening(Reactor reactor, TimerQueue timers) {
        this.reactor = reactor;
        this.timers = timers;
    }

    /** Turns a bound socket into a listener in its place. If that closes the socket, the dispatcher leaves the loop. */
    BoundChannel begin(BoundChannel bound, StreamChannel socket, int backlog) throws IOException {
        reactor.touched(bound.entry);
        reactor.unregister(bound.entry);
        SocketAddress local = bound.localAddress();
        boolean done = false;
        try {
            Channel listening = socket.listen(backlog);
            SocketMapEntry listener = reactor.entry(bound.entry.dispatcher, listening, ChannelState.LISTENING);
            reactor.replace(bound.entry, listener);
            bound.entry.setState(ChannelState.CLOSED);
            done = true;
            return new BoundChannel(listener, local, reactor, timers).inPlaceOf(bound);
        } catch (IOException e) {
            throw AddressErrors.failed("cannot listen on", local, e);
        } finally {
            if (!done && !socket.isOpen()) {
                bound.close();
            }
        }
    }
}
