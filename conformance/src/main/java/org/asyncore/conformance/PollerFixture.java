// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The backend, poller and sockets of one test. Closes them afterwards, and fails if a descriptor stays open. */
final class PollerFixture implements BeforeEachCallback, AfterEachCallback {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Set<String> WARM = ConcurrentHashMap.newKeySet();

    private final Deque<Closeable> closeables = new ArrayDeque<>();
    private final List<RecordingRegistration> registrations = new ArrayList<>();
    private @Nullable Resources resources;

    /** The backend and poller of a test, and the number of descriptors before it. */
    private record Resources(Backend backend, long descriptors, Poller poller) {}

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Backend backend = BackendUnderTest.of(context);
        if (WARM.add(backend.name())) {
            warmUp(backend);
        }
        resources = new Resources(backend, OpenDescriptors.count(), backend.openPoller());
    }

    /** Makes the JVM open the descriptors that it never closes. */
    private static void warmUp(Backend backend) throws IOException {
        try (Poller poller = backend.openPoller();
                ServerChannel server = backend.openServer(StandardProtocolFamily.INET);
                StreamChannel stream = backend.openStream(StandardProtocolFamily.INET);
                Channel datagram = backend.openDatagram(StandardProtocolFamily.INET);
                ServerSocket serverSocket = new ServerSocket(0);
                Socket socket = new Socket(serverSocket.getInetAddress(), serverSocket.getLocalPort())) {
            server.bind(Loopback.v4());
            poller.register(stream, ops -> {}).cancel();
            poller.register(datagram, ops -> {}).cancel();
            poller.poll(0);
            assertTrue(socket.isConnected());
        }
    }

    private Resources resources() {
        if (resources == null) {
            throw new IllegalStateException("no test is running");
        }
        return resources;
    }

    Backend backend() {
        return resources().backend();
    }

    Poller poller() {
        return resources().poller();
    }

    /** Closes the resource after the test; the last one is closed first. */
    <T extends Closeable> T closing(T resource) {
        closeables.push(resource);
        return resource;
    }

    RecordingRegistration register(Channel channel, Ops interest) throws IOException {
        RecordingRegistration registration = new RecordingRegistration(poller(), channel);
        registrations.add(registration);
        registration.interest(interest);
        return registration;
    }

    /** Returns a listener of the backend on a free port. */
    ServerChannel server() throws IOException {
        ServerChannel server = closing(backend().openServer(StandardProtocolFamily.INET));
        server.bind(Loopback.v4(), 64);
        return server;
    }

    /** Returns a listener of the JDK on a free port. */
    ServerSocket serverSocket() throws IOException {
        return closing(new ServerSocket(0, 64, Loopback.v4().getAddress()));
    }

    /** Returns an established connection that the backend has accepted. */
    SocketConnection connection() throws IOException {
        try (ServerChannel server = server()) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            Socket peer = closing(new Socket(address.getAddress(), address.getPort()));
            peer.setTcpNoDelay(true);
            peer.setSoTimeout(30_000);
            return new SocketConnection(accept(server), peer);
        }
    }

    /** Returns the next connection; fails if none arrives. */
    StreamChannel accept(ServerChannel server) throws IOException {
        Deadline deadline = new Deadline();
        StreamChannel accepted = server.accept();
        while (accepted == null) {
            deadline.check("a connection to " + server);
            Deadline.pause();
            accepted = server.accept();
        }
        return closing(accepted);
    }

    /** Polls until these ops have been reported. Spurious reports are allowed; a missing report fails the test. */
    void expectReady(RecordingRegistration registration, Ops ops) throws IOException {
        Deadline deadline = new Deadline();
        registration.forget();
        while (!registration.has(ops)) {
            deadline.check(ops + " for " + registration);
            poller().poll(deadline.remainingNanos());
        }
    }

    /** Polls for a while, and fails if anything is reported. */
    void expectQuiet(RecordingRegistration registration) throws IOException {
        long end = System.nanoTime() + QUIET_NANOS;
        registration.forget();
        for (long left = QUIET_NANOS; left > 0; left = end - System.nanoTime()) {
            poller().poll(left);
        }
        assertEquals(0, registration.reports(), () -> "not quiet: " + registration);
    }

    /** Writes until neither the channel nor the network takes any more. */
    void fill(StreamChannel channel, RecordingRegistration registration) throws IOException {
        registration.interest(Ops.WRITE);
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
        do {
            while (channel.write(bytes.clear()) > 0) {
                // until it is full
            }
            registration.forget();
            poller().poll(QUIET_NANOS);
        } while (registration.reports() > 0);
    }

    /** Reads until the buffer has this many bytes or the stream ends. */
    void read(ReadableByteChannel channel, ByteBuffer target, int bytes) throws IOException {
        Deadline.await(bytes + " bytes from " + channel, () -> {
            int n = channel.read(target);
            return n < 0 || target.position() >= bytes;
        });
    }

    /** Reads this many bytes. */
    String read(ReadableByteChannel channel, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        read(channel, target, bytes);
        return Bytes.taken(target);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (resources == null) {
            return;
        }
        registrations.forEach(RecordingRegistration::cancel);
        while (!closeables.isEmpty()) {
            closeables.pop().close();
        }
        poller().close();
        if (OpenDescriptors.areExact()) {
            long before = resources().descriptors();
            Deadline.await("the descriptors of " + context.getDisplayName(), () -> OpenDescriptors.count() <= before);
        }
    }
}
