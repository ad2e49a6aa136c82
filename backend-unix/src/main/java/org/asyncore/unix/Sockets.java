// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Opens and binds Netty's sockets, with the JDK's families, addresses and exceptions. */
final class Sockets {
    /** The prefix of a path in Linux's abstract namespace, unix(7), where the system has a NUL: Java paths cannot contain one. */
    private static final String ABSTRACT = "@";

    static {
        Errnos.rehearse();
    }

    private Sockets() {}

    static Socket openStream(ProtocolFamily family) throws IOException {
        return open(family, true);
    }

    static Socket openDatagram(ProtocolFamily family) throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            throw new UnsupportedOperationException("datagrams of protocol family " + family.name());
        }
        return open(family, false);
    }

    private static Socket open(ProtocolFamily family, boolean stream) throws IOException {
        if (!(family instanceof StandardProtocolFamily standard)) {
            throw new UnsupportedOperationException("protocol family " + family.name());
        }
        try {
            return switch (standard) {
                case INET -> Opener.inet(stream, false);
                case INET6 -> Opener.inet(stream, true);
                case UNIX -> Socket.newSocketDomain();
            };
        } catch (ChannelException e) {
            throw Errnos.at("socket of family " + family.name(), e);
        }
    }

    /** Takes a socket that this process has from elsewhere. */
    static Socket inherited(int number) {
        return new Opener(number);
    }

    /** Returns the family of such a socket: only TCP has TCP's options, on every system. */
    static StandardProtocolFamily inheritedFamily(Socket socket) {
        try {
            socket.getIntOpt(SystemConstants.IPPROTO_TCP, SystemConstants.TCP_KEEPIDLE);
        } catch (IOException | ChannelException e) {
            return StandardProtocolFamily.UNIX;
        }
        return ((Opener) socket).isIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    /** Returns Netty's form of an address that {@link Backend#checkAddress} accepts. */
    static SocketAddress toNetty(ProtocolFamily family, SocketAddress address) throws UnknownHostException {
        Backend.checkAddress(family, address);
        if (!(address instanceof UnixDomainSocketAddress unix)) {
            return address;
        }
        String path = unix.getPath().toString();
        return new DomainSocketAddress(isAbstract(path) ? '\0' + path.substring(ABSTRACT.length()) : path);
    }

    /** Binds a socket. Checks first that no file has the path of a Unix-domain address, because Netty would delete it. */
    static void bind(Socket socket, ProtocolFamily family, SocketAddress address) throws IOException {
        SocketAddress target = toNetty(family, address);
        if (address instanceof UnixDomainSocketAddress unix) {
            Path path = unix.getPath();
            if (!isAbstract(path.toString()) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new BindException("Address already in use");
            }
        }
        try {
            socket.bind(target);
        } catch (IOException e) {
            throw Errnos.binding(e, "the socket is bound already");
        }
    }

    /** Makes a socket listen. A backlog below 0 counts as 0, as in CPython. */
    static void listen(Socket socket, int backlog) throws IOException {
        try {
            socket.listen(Math.max(0, backlog));
        } catch (IOException e) {
            throw Errnos.binding(e, "the socket is connected, or a Unix-domain one that is not bound");
        }
    }

    static SocketAddress any(ProtocolFamily family) throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(new byte[family == StandardProtocolFamily.INET6 ? 16 : 4]), 0);
    }

    /** Returns the local address, {@code getsockname(2)}, or null while the socket is not bound. */
    static @Nullable SocketAddress local(Socket socket, ProtocolFamily family) {
        if (family == StandardProtocolFamily.UNIX) {
            DomainSocketAddress address = socket.localDomainSocketAddress();
            return address == null ? null : UnixDomainSocketAddress.of(address.path());
        }
        InetSocketAddress address = socket.localAddress();
        return address == null || address.getPort() == 0 ? null : address;
    }

    /** Returns the peer's address, {@code getpeername(2)}, or null while the socket is not connected. */
    static @Nullable SocketAddress remote(Socket socket, ProtocolFamily family) {
        if (family == StandardProtocolFamily.UNIX) {
            DomainSocketAddress address = socket.remoteDomainSocketAddress();
            return address == null ? null : UnixDomainSocketAddress.of(address.path());
        }
        return socket.remoteAddress();
    }

    static boolean isAbstract(String path) {
        return SystemConstants.LINUX && path.startsWith(ABSTRACT);
    }

    /** Calls Netty's protected factories, because {@code newSocketStream()} may choose IPv6 for an IPv4 socket. */
    private static final class Opener extends Socket {
        private Opener(int number) {
            super(number);
        }

        boolean isIpv6() {
            return ipv6;
        }

        static Socket inet(boolean stream, boolean ipv6) {
            return new Opener(stream ? newSocketStream0(ipv6) : newSocketDgram0(ipv6));
        }
    }
}
