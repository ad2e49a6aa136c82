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

/** Listens, and gives every connection a conversation of its own. */
final class HttpServer extends SocketDispatcher {
    private static final int BACKLOG = 4096;

    private final HttpSite site;

    HttpServer(Loop loop, InetSocketAddress local, HttpSite site) throws IOException {
        super(loop);
        this.site = site;
        createSocket(Addresses.family(local), SocketType.STREAM);
        setReuseAddr();
        bind(local);
        listen(BACKLOG);
    }

    @Override
    protected void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ServerTls tls = site.tls();
        new HttpConnection(loop(), tls == null ? channel : tls.over(channel), site);
    }

    /** One connection that could not be served is no reason to stop listening. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("cannot accept: {}", Trouble.in(cause));
    }
}
