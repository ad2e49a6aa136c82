// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static org.asyncore.unix.SystemConstants.SOL_SOCKET;
import static org.asyncore.unix.SystemConstants.SO_ACCEPTCONN;
import static org.asyncore.unix.SystemConstants.SO_RCVTIMEO;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.asyncore.channels.ForwardingServerChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;

/**
 * A listener that this process has inherited. Usually the descriptor blocks, because systemd passes it so, and Netty has no
 * fcntl(2) to change that. So a probe says if a connection is pending before each accept(2).
 */
final class InheritedServer extends ForwardingServerChannel {
    private static final int FIRST = 3; // behind the standard streams
    private static final int TIMEVAL_BYTES = 16; // struct timeval of 64-bit systems

    /** The address of a socket whose name is abstract, unix(7), because Netty cannot read such names. */
    private static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private final ReadinessProbe probe;

    private InheritedServer(ServerChannel server, ReadinessProbe probe) {
        super(server);
        this.probe = probe;
    }

    static ServerChannel open(UnixBackend backend, KernelQueue kernel, int number) throws IOException {
        if (number < FIRST) {
            throw new IllegalArgumentException("not the number of an inherited socket, from 3 on: " + number);
        }
        try {
            Socket socket = Sockets.inherited(number);
            if (socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) == 0) {
                throw new IOException("the socket does not listen");
            }
            limitWait(socket);
            ProtocolFamily family = Sockets.inheritedFamily(socket);
            SocketAddress local = Sockets.local(socket, family);
            SocketAddress bound = local == null ? UNNAMED : local;
            ServerChannel server = new UnixServerChannel(backend, family, socket, bound);
            return new InheritedServer(server, ReadinessProbe.open(kernel, number, Ops.READ));
        } catch (IOException | ChannelException e) {
            throw Errnos.at("cannot listen on the inherited descriptor " + number, e);
        }
    }

    /**
     * Lets accept(2) wait for a microsecond at most. It waits only if another process has accepted the connection that the
     * probe saw.
     */
    private static void limitWait(Socket socket) throws IOException {
        ByteBuffer timeval = ByteBuffer.allocate(TIMEVAL_BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0)
                .putInt(1);
        socket.setRawOpt(SOL_SOCKET, SO_RCVTIMEO, timeval.rewind());
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        return isOpen() && !probe.isReady() ? null : super.accept();
    }

    @Override
    public void close() throws IOException {
        probe.close();
        super.close();
    }
}
