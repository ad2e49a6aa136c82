// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import java.io.IOException;
import java.net.SocketAddress;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** Accepts one connection for a {@link LoggingEchoHandler}, closes, and logs every hook. */
final class LoggingEchoServer extends SocketDispatcher {
    LoggingEchoServer(Loop loop, SocketAddress local) throws IOException {
        super(loop);
        createSocket();
        setReuseAddr();
        bind(local);
        log().info("binding to {}", localAddress());
        listen(1);
    }

    @Override
    public void handleAccept() throws IOException {
        StreamChannel channel = accept();
        if (channel != null) {
            log().info("handle_accept() -> {}", channel.getRemoteAddress());
            new LoggingEchoHandler(loop(), channel);
            handleClose(); // one client is enough here; a server that serves more stays open
        }
    }

    @Override
    public void handleClose() {
        log().info("handle_close()");
        close();
    }
}
