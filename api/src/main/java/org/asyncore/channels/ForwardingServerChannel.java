// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listener that forwards each call to another one. Override the calls that shall differ. */
public abstract class ForwardingServerChannel implements ServerChannel, WrappingChannel {
    private final ServerChannel server;

    /** Makes a listener over another one, which is closed with it. */
    protected ForwardingServerChannel(ServerChannel server) {
        this.server = requireNonNull(server, "server");
    }

    @Override
    public final ServerChannel wrapped() {
        return server;
    }

    @Override
    public ForwardingServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        server.bind(local, backlog);
        return this;
    }

    @Override
    public void listen(int backlog) throws IOException {
        server.listen(backlog);
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        return server.accept();
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return server.getLocalAddress();
    }

    @Override
    public <T> ForwardingServerChannel setOption(SocketOption<T> name, T value) throws IOException {
        server.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return server.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return server.supportedOptions();
    }

    @Override
    public boolean isOpen() {
        return server.isOpen();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
