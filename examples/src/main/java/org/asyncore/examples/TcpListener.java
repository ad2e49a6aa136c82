// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.spi.StreamChannel;

/** Listens, and makes a dispatcher for every connection. */
final class TcpListener extends SocketDispatcher {
    private static final int BACKLOG = 4096;

    private final Serving serving;

    /** What is served. */
    @FunctionalInterface
    interface Serving {
        /** Makes a dispatcher for an accepted connection. */
        void serve(Loop loop, StreamChannel channel) throws IOException;

        /** The listener has closed. */
        default void close() {}
    }

    TcpListener(Loop loop, InetSocketAddress local, Serving serving) throws IOException {
        super(loop);
        this.serving = serving;
        createSocket(Addresses.family(local), SocketType.STREAM);
        setReuseAddr();
        bind(local);
        listen(BACKLOG);
    }

    @Override
    protected void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        log().debug("serving {}", remote);
        serving.serve(loop(), channel);
    }

    /** One connection that could not be served is no reason to stop listening. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("cannot accept: {}", Trouble.in(cause));
    }

    @Override
    public void handleClose() {
        close();
    }

    @Override
    public void close() {
        super.close();
        serving.close();
    }
}
