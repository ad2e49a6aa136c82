// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncore.FileDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.TooManyOpenFilesException;

/**
 * A program that opens loops, sockets and files when no descriptor is left. It runs with a low limit of descriptors. Each
 * attempt must fail with a message that says what to do, leave nothing open, and leave the loop serving.
 */
final class WithoutDescriptors {
    private static final int TIMES = 20; // so that a leak is more than what other threads of the JVM open and close
    private static final int TOLERANCE = 5;
    private static final int ATTEMPTS = 30;

    private final Loop loop;
    private final Path file;
    private final EchoServer server;
    private final Deque<Closeable> taken = new ArrayDeque<>();

    private WithoutDescriptors(Loop loop, Path file) throws IOException {
        this.loop = loop;
        this.file = file;
        server = new EchoServer(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /**
     * Ends normally if the loop keeps its contract.
     *
     * @param args the poller's name, and a regular file
     */
    public static void main(String[] args) throws IOException {
        try (Loop loop = Loop.open(args[0])) {
            new WithoutDescriptors(loop, Path.of(args[1])).run();
        }
    }

    /** Opens something. */
    private interface Opening {
        Closeable open() throws IOException;
    }

    private void run() throws IOException {
        Client client = Client.connected(loop, server.address());
        rehearse();
        check("a stream socket", () -> socket(SocketType.STREAM), client);
        check("a datagram socket", () -> socket(SocketType.DATAGRAM), client);
        check("a file", () -> new Reader(file), client);
        check("a pipe or device", () -> new Reader(Path.of("/dev/zero")), client);
        check("a loop", () -> anotherLoop()::close, client);
        dispatcherCanTryAgain();
        client.close();
        server.close();
    }

    /** Loads the classes that this program uses, because no descriptor is left to load them later. */
    private void rehearse() throws IOException {
        socket(SocketType.STREAM).close();
        socket(SocketType.DATAGRAM).close();
        new Reader(file).close();
        new Reader(Path.of("/dev/zero")).close();
        anotherLoop().close();
        Check.says(new IOException(new UncheckedIOException(new IOException("text"))), "text");
        takeAll();
        giveBack();
    }

    private Closeable socket(SocketType type) throws IOException {
        SocketDispatcher dispatcher = new SocketDispatcher(loop) {};
        dispatcher.createSocket(StandardProtocolFamily.INET, type);
        return dispatcher;
    }

    private final class Reader extends FileDispatcher implements Closeable {
        Reader(Path path) throws IOException {
            super(loop, path);
        }
    }

    private Loop anotherLoop() throws IOException {
        try {
            return Loop.open(loop.pollerName());
        } catch (UncheckedIOException e) {
            IOException cause = requireNonNull(e.getCause());
            Check.says(e, requireNonNull(cause.getMessage()));
            throw cause;
        }
    }

    private void check(String what, Opening opening, Client client) throws IOException {
        int before = takeAll();
        for (int i = 0; i < TIMES; i++) {
            fails(what, opening);
        }
        client.echo();
        giveBack();
        int after = takeAll();
        giveBack();
        Check.that(after >= before - TOLERANCE, what + ": of " + before + " descriptors only " + after + " are free");
        opening.open().close();
    }

    /** Tries again if another thread of the JVM has freed descriptors meanwhile. */
    private void fails(String what, Opening opening) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            takeAll();
            try {
                opening.open().close();
            } catch (TooManyOpenFilesException e) {
                Check.says(e, "raise ulimit -n");
                return;
            }
        }
        throw new IllegalStateException("opened without a descriptor: " + what);
    }

    private void dispatcherCanTryAgain() throws IOException {
        Client late = new Client(loop);
        fails("a socket of a client", () -> {
            late.open(server.address());
            return late;
        });
        Check.that(loop.dispatchers().size() == 3, "a failed dispatcher is in the loop: " + loop.dispatchers());
        giveBack();
        late.open(server.address());
        late.echo();
        late.close();
    }

    private int takeAll() {
        while (true) {
            try {
                taken.push(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                return taken.size();
            }
        }
    }

    private void giveBack() throws IOException {
        while (!taken.isEmpty()) {
            taken.pop().close();
        }
    }
}
