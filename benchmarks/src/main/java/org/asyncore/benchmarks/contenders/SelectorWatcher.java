// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The JDK's Selector with the least code around it. */
final class SelectorWatcher implements SocketWatcher {
    private final Selector selector = Selector.open();
    private final List<SocketChannel> sources = new ArrayList<>();
    private final List<SelectionKey> keys = new ArrayList<>();
    private final Consumer<SelectionKey> handler = this::handle;
    private long events;

    SelectorWatcher() throws IOException {}

    /** Returns connected non-blocking Unix-domain sockets of the JDK, pair by pair. */
    static List<SocketChannel> pairs(int count) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        try (TemporaryUnixAddress rendezvous = new TemporaryUnixAddress();
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(rendezvous.address(), 16);
            while (channels.size() < count) {
                channels.add(SocketChannel.open(rendezvous.address()));
                channels.add(server.accept());
            }
        }
        for (SocketChannel channel : channels) {
            channel.configureBlocking(false);
        }
        return channels;
    }

    @Override
    public void open(int count) throws IOException {
        sources.addAll(pairs(count));
        for (int i = 0; i < count; i++) {
            keys.add(register(i));
        }
    }

    private SelectionKey register(int source) throws IOException {
        return sources.get(source).register(selector, SelectionKey.OP_READ);
    }

    private void handle(SelectionKey key) {
        if (key.isReadable()) {
            events++;
        }
    }

    @Override
    public void makeReady(int source) throws IOException {
        sources.get(source ^ 1).write(ByteBuffer.allocate(1));
    }

    @Override
    public void turn() throws IOException {
        selector.selectNow(handler);
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public void interest(int source, boolean reading) {
        keys.get(source).interestOps(reading ? SelectionKey.OP_READ : 0);
    }

    @Override
    public void leave(int source) {
        keys.get(source).cancel();
    }

    @Override
    public void join(int source) throws IOException {
        keys.set(source, register(source));
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel source : sources) {
            source.close();
        }
        selector.close();
    }
}
