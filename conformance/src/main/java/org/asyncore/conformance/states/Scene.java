// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asyncore.ChannelDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.spi.Backend;

/** A loop for one dispatcher, its peer, and addresses for its operations. */
final class Scene implements AutoCloseable {
    private static final Duration SLICE = Duration.ofMillis(10);
    private static final long DEADLINE_NANOS = 30_000_000_000L;

    final Backend backend;
    final HookLog hooks = new HookLog();
    final Loop loop;
    final Path folder;

    private final Deque<Closeable> closeables = new ArrayDeque<>();
    private boolean unix;

    Scene(Backend backend, Path folder) {
        this.backend = backend;
        this.folder = folder;
        loop = Loop.builder().backend(backend).open();
    }

    <T extends Closeable> T closing(T resource) {
        closeables.push(resource);
        return resource;
    }

    Subject subject() {
        return new Subject(loop, hooks);
    }

    Subject stream() throws IOException {
        Subject subject = subject();
        subject.createSocket();
        return subject;
    }

    Subject unixStream() throws IOException {
        unix = true;
        Subject subject = subject();
        subject.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        return subject;
    }

    Subject datagram() throws IOException {
        Subject subject = subject();
        subject.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        return subject;
    }

    /** Runs turns until the condition is true. */
    void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the condition did not become true in time");
            }
            loop.runOnce(SLICE);
        }
    }

    /** Connects the dispatcher, and returns its peer. */
    Socket connect(SocketDispatcher subject) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, loopback(0).getAddress())) {
            subject.connect(server.getLocalSocketAddress());
            Socket peer = closing(server.accept());
            until(subject::connected);
            return peer;
        }
    }

    /** Returns the address of a listener of the subject's family. */
    SocketAddress listener() throws IOException {
        ServerSocketChannel server =
                closing(ServerSocketChannel.open(unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET));
        return Objects.requireNonNull(server.bind(free(), 5).getLocalAddress());
    }

    /** Returns an address to bind to. */
    SocketAddress free() throws IOException {
        return unix ? UnixDomainSocketAddress.of(folder.resolve("s" + System.nanoTime())) : loopback(0);
    }

    /** Returns an address without a listener. */
    SocketAddress addressWithoutListener() throws IOException {
        try (ServerSocketChannel server =
                ServerSocketChannel.open(unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET)) {
            return Objects.requireNonNull(server.bind(free()).getLocalAddress());
        }
    }

    /** Returns the address of a listener whose queue is full. */
    SocketAddress fullListener() throws IOException {
        ServerSocketChannel server = closing(ServerSocketChannel.open());
        SocketAddress address =
                Objects.requireNonNull(server.bind(loopback(0), 1).getLocalAddress());
        for (int i = 0; i < 4; i++) {
            SocketChannel waiting = closing(SocketChannel.open());
            waiting.configureBlocking(false);
            waiting.connect(address);
        }
        return address;
    }

    DatagramSocket datagramPeer() throws IOException {
        return closing(new DatagramSocket(loopback(0)));
    }

    static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "file", ""), content);
    }

    Path fifo() throws Exception {
        Path path = folder.resolve("fifo" + System.nanoTime());
        if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
            throw new IOException("cannot make " + path);
        }
        return path;
    }

    /** Opens the other end of a FIFO. */
    FileChannel other(Path fifo, StandardOpenOption... options) throws IOException {
        return closing(FileChannel.open(fifo, options));
    }

    /** Returns the state of the dispatcher, and the hooks that were called. */
    String shows(ChannelDispatcher subject) {
        StringBuilder text = new StringBuilder();
        add(text, subject.connected(), "connected");
        if (subject instanceof SocketDispatcher socket) {
            add(text, socket.connecting(), "connecting");
            add(text, socket.accepting(), "accepting");
        }
        add(text, loop.dispatchers().contains(subject), "in the loop");
        hooks.take().forEach(hook -> add(text, true, hook));
        return text.toString();
    }

    private static void add(StringBuilder text, boolean present, String word) {
        if (present) {
            text.append(text.isEmpty() ? "" : ", ").append(word);
        }
    }

    @Override
    public void close() throws IOException {
        loop.close();
        finish();
    }

    /** Closes the dispatcher's peers. */
    void finish() throws IOException {
        while (!closeables.isEmpty()) {
            closeables.pop().close();
        }
    }
}
