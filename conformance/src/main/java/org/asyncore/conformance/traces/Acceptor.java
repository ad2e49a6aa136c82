// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;

/** A probe that listens, and passes on the connections that it accepts. */
class Acceptor extends Probe {
    private final Spawn spawn;

    /** Takes an accepted connection. */
    interface Spawn {
        void accepted(StreamChannel channel) throws IOException;
    }

    Acceptor(Scenario scenario, Spawn spawn) throws IOException {
        this(scenario, StandardProtocolFamily.INET, Scenario.LOOPBACK, 5, spawn);
    }

    Acceptor(Scenario scenario, ProtocolFamily family, SocketAddress address, int backlog, Spawn spawn)
            throws IOException {
        super(scenario, "listener");
        this.spawn = spawn;
        createSocket(family, SocketType.STREAM);
        bind(address);
        listen(backlog);
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        event("handle_accepted");
        spawn.accepted(channel);
    }
}
