// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.spi.StreamChannel;
import org.jspecify.annotations.Nullable;

/** Listens, and gives every connection an echo of its own. */
final class EchoListener extends SocketDispatcher {
    private static final int BACKLOG = 4096;
    private static final int BUFFER_BYTES = 16384;

    private final EchoStyle style;
    private final boolean tcp;
    private final BufferPool buffers = new BufferPool(BUFFER_BYTES);
    private @Nullable Path file; // a Unix-domain socket's, once it listens: removed at the end

    EchoListener(Loop loop, SocketAddress local, EchoStyle style) throws IOException {
        super(loop);
        this.style = style;
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
    protected void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        if (tcp) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        style.serve(loop(), channel, buffers);
        log().debug("serving {}", remote);
    }

    /** One connection that could not be served is no reason to stop listening. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("cannot accept: {}", Trouble.in(cause));
    }

    @Override
    public void handleClose() {
        close();
    }

    @Override
    public void close() {
        super.close();
        if (file != null) {
            SocketFile.remove(file);
        }
    }
}
