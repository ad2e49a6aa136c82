// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.asyncore.InheritedSockets;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Listens, and hands each accepted connection to a {@link Service}. While the limit of connections is reached, more
 * clients wait in the system's queue, so the connections that are served have the memory that they need.
 */
public final class Listener extends SocketDispatcher {
    private static final int BACKLOG = 4096;
    private static final int ACCEPTS_PER_TURN = 64;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration WARN_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Service service;
    private final int limit;
    private final boolean tcp;
    private @Nullable Path file; // of a Unix-domain socket that listens: removed by close
    private @Nullable TimerHandle pause; // set while the limit is reached
    private boolean listening;
    private boolean accepted; // the last attempt got a connection
    private boolean warned;
    private long fullNanos; // the last time when the limit was found reached; valid if warned

    /** Serves the connections that a listener accepts. */
    @FunctionalInterface
    public interface Service {
        /** Makes a dispatcher for an accepted connection. */
        void serve(Loop loop, StreamChannel channel) throws IOException;

        /**
         * Returns how many connections are open, of which there is a limit. By default every other dispatcher of the
         * listener's loop belongs to one.
         */
        default int connections(Loop loop) {
            return loop.dispatchers().size() - 1;
        }

        /** Notes that a listener has closed. Called by its loop's thread. */
        default void listenerClosed() {}

        /** Ends the service. Called when the server has ended and all connections are closed. */
        default void close() {}
    }

    /**
     * Binds and listens.
     *
     * @param limit the most connections at a time
     */
    public Listener(Loop loop, SocketAddress local, int limit, Service service) throws IOException {
        this(loop, local, limit, service, false);
    }

    /**
     * Binds and listens.
     *
     * @param sharesPort true to let other processes of this user listen on the same port, too
     */
    public Listener(Loop loop, SocketAddress local, int limit, Service service, boolean sharesPort) throws IOException {
        super(loop);
        this.service = service;
        this.limit = limit;
        tcp = local instanceof InetSocketAddress;
        createSocket(Addresses.family(local), SocketType.STREAM);
        if (tcp) {
            setReuseAddr();
        }
        if (sharesPort) {
            setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        bind(local);
        listen(BACKLOG);
        listening = true;
        file = local instanceof UnixDomainSocketAddress unix ? unix.getPath() : null;
    }

    /**
     * Listens on a socket that this process has inherited, see {@link InheritedSockets}. If it is a Unix-domain one, its
     * file stays after the end.
     */
    public Listener(Loop loop, int descriptor, int limit, Service service) throws IOException {
        super(loop);
        this.service = service;
        this.limit = limit;
        setSocket(InheritedSockets.open(loop, descriptor));
        tcp = localAddress() instanceof InetSocketAddress;
        listening = true;
    }

    @Override
    public boolean readable() {
        return pause == null;
    }

    /** Accepts several connections, because the next turn may come late if many clients are served. */
    @Override
    public void handleAccept() throws Exception {
        pauseAtLimit(); // another loop may have reached it
        accepted = true;
        for (int n = 0; accepted && n < ACCEPTS_PER_TURN && pause == null && accepting(); n++) {
            accepted = false;
            super.handleAccept();
        }
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        accepted = true;
        if (tcp) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        log().debug("serving {}", remote);
        service.serve(loop(), channel);
        pauseAtLimit();
    }

    /** Pauses if the limit is reached. */
    private void pauseAtLimit() {
        int open = service.connections(loop());
        pause = open < limit ? null : loop().schedule(PAUSE, this::endPause);
        if (pause != null) {
            warn(open);
        }
    }

    /** Warns once, and again only after the limit was not reached for some time. */
    private void warn(int open) {
        long now = System.nanoTime();
        if (!warned || now - fullNanos > WARN_AGAIN_AFTER.toNanos()) {
            warned = true;
            log().warn("{} has {} connections, the limit (--max-connections); more wait for one to close", this, open);
        }
        fullNanos = now;
    }

    private void endPause() {
        pauseAtLimit();
        loop().refresh(this);
    }

    /** Logs and keeps listening, because other connections can still be served. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("cannot accept: {}", ErrorMessages.of(cause));
    }

    @Override
    public void handleClose() {
        close();
    }

    @Override
    public void close() {
        super.close();
        if (listening) {
            listening = false;
            service.listenerClosed();
        }
        if (pause != null) {
            pause.cancel();
        }
        if (file != null) {
            SocketFile.remove(file);
        }
    }
}
