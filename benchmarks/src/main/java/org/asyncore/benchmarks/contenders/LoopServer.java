// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.LoopGroup;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A server on our loop, with a dispatcher for each connection. */
final class LoopServer implements MeasuredServer {
    private final LoopGroup.Service service;
    private final ServerThread worker;
    private @Nullable InetSocketAddress address;

    /** Starts a server. The service makes a dispatcher for each accepted connection. */
    LoopServer(LoopBuilder builder, LoopGroup.Service service) throws IOException {
        this.service = service;
        worker = new ServerThread(builder, this::listen);
    }

    private void listen(Loop loop) throws IOException {
        SocketDispatcher listener = new SocketDispatcher(loop) {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                service.serve(loop, channel);
            }
        };
        listener.createSocket();
        listener.bind(MeasuredServer.anyPort());
        listener.listen(4096);
        address = (InetSocketAddress) listener.localAddress();
    }

    @Override
    public InetSocketAddress address() {
        return requireNonNull(address);
    }

    @Override
    public Thread thread() {
        return worker.thread();
    }

    @Override
    public void close() throws IOException {
        worker.close();
    }
}
