// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** An echo server by hand on the JDK's Selector, with one buffer that is written directly after it was read. */
final class SelectorEchoServer implements MeasuredServer {
    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
    private final boolean neverBlocks;
    private final Thread thread;
    private volatile boolean closing; // close() sets it, the server's thread reads it

    SelectorEchoServer(boolean neverBlocks) throws IOException {
        this.neverBlocks = neverBlocks;
        server.bind(MeasuredServer.anyPort(), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = ServerThread.start(this::run);
    }

    private void run() {
        Consumer<SelectionKey> handler = this::handle;
        try {
            while (!closing) {
                if (neverBlocks) {
                    selector.selectNow(handler);
                } else {
                    selector.select(handler);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.isWritable()) {
                flush(key);
            } else {
                echo(key);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private void echo(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        buffer.clear();
        if (channel.read(buffer) < 0) {
            close(key);
            return;
        }
        channel.write(buffer.flip());
        if (buffer.hasRemaining()) {
            key.attach(ByteBuffer.allocateDirect(buffer.remaining()).put(buffer).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void flush(SelectionKey key) throws IOException {
        ByteBuffer rest = (ByteBuffer) key.attachment();
        ((SocketChannel) key.channel()).write(rest);
        if (!rest.hasRemaining()) {
            key.attach(null);
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) server.socket().getLocalSocketAddress();
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        ServerThread.join(thread);
        selector.keys().forEach(SelectorEchoServer::close);
        selector.close();
    }
}
