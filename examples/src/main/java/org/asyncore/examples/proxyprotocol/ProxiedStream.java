// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import java.io.IOException;
import java.net.SocketAddress;
import org.asyncore.channels.ForwardingStreamChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A connection from a proxy. Its remote address is the client's, as the proxy has given it. */
final class ProxiedStream extends ForwardingStreamChannel {
    private final SocketAddress client;

    ProxiedStream(StreamChannel proxy, SocketAddress client) {
        super(proxy);
        this.client = client;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        return super.getRemoteAddress() == null ? null : client; // throws if the channel is closed
    }

    @Override
    public String toString() {
        return super.toString() + " for " + client;
    }
}
