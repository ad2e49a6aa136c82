// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Listens, and makes a dispatcher for every connection. While there are as many as its limit allows, further clients wait in the
 * system's queue, so that those that are served have the memory they need.
 */
public final class Listener extends SocketDispatcher {
    private static final int BACKLOG = 4096;
    private static final int MANY = 64;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LULL = Duration.ofSeconds(1);

    private final Service service;
    private final int limit;
    private final boolean tcp;
    private @Nullable Path file; // a Unix-domain socket's, once it listens: removed at the end
    private @Nullable TimerHandle pause; // while the limit is reached
    private boolean taken; // by the last attempt to accept
    private boolean warned;
    private long fullNanos; // when the limit was last seen to be reached, if it was

    /** What is served. */
    @FunctionalInterface
    public interface Service {
        /** Makes a dispatcher for an accepted connection. */
        void serve(Loop loop, StreamChannel channel) throws IOException;

        /** How many dispatchers are made for a connection. */
        default int dispatchers() {
            return 1;
        }

        /** The listener has closed. */
        default void close() {}
    }

    /**
     * Listens at once.
     *
     * @param limit how many connections there may be
     */
    public Listener(Loop loop, SocketAddress local, int limit, Service service) throws IOException {
        super(loop);
        this.service = service;
        this.limit = limit;
        tcp = local instanceof InetSocketAddress;
        createSocket(Addresses.family(local), SocketType.STREAM);
        if (tcp) {
            setReuseAddr();
        }
        bind(local);
        listen(BACKLOG);
        file = local instanceof UnixDomainSocketAddress unix ? unix.getPath() : null;
    }

    @Override
    public boolean readable() {
        return pause == null;
    }

    /** Accepts several, since a client may be the last of many to come, and a turn may serve many others. */
    @Override
    public void handleAccept() throws Exception {
        taken = true;
        for (int n = 0; taken && n < MANY && pause == null && accepting(); n++) {
            taken = false;
            super.handleAccept();
        }
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        taken = true;
        if (tcp) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        log().debug("serving {}", remote);
        service.serve(loop(), channel);
        pauseAtLimit();
    }

    /** All that is in this loop, but for this one, is a connection's. */
    private void pauseAtLimit() {
        int open = (loop().dispatchers().size() - 1) / service.dispatchers();
        pause = open < limit ? null : loop().schedule(PAUSE, this::goOn);
        if (pause != null) {
            warn(open);
        }
    }

    /** Once, until the limit has not been reached for a while. */
    private void warn(int open) {
        long now = System.nanoTime();
        if (!warned || now - fullNanos > LULL.toNanos()) {
            warned = true;
            log().warn("{} has {} connections, the limit (--max-connections); more wait for one to close", this, open);
        }
        fullNanos = now;
    }

    private void goOn() {
        pauseAtLimit();
        loop().refresh(this);
    }

    /** One connection that could not be served is no reason to stop listening. */
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
        if (pause != null) {
            pause.cancel();
        }
        if (file != null) {
            SocketFile.remove(file);
        }
        service.close();
    }
}
