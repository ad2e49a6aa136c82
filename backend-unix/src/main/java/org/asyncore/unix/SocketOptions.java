// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static java.net.StandardSocketOptions.IP_TOS;
import static java.net.StandardSocketOptions.SO_BROADCAST;
import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.net.StandardSocketOptions.SO_LINGER;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.asyncore.unix.SystemConstants.IPPROTO_TCP;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * The options of one kind of socket, and how Netty's sockets get and set them. The kinds have the options of the JDK's
 * channels, which have fewer in the Unix domain, and refuse the same values.
 */
final class SocketOptions {
    private static final int MAX_LINGER = 65535; // the JDK takes this for all that is longer

    static final SocketOptions UNIX_SERVER =
            new SocketOptions().size(SO_RCVBUF, Socket::getReceiveBufferSize, Socket::setReceiveBufferSize);

    static final SocketOptions UNIX_STREAM = new SocketOptions()
            .all(UNIX_SERVER)
            .size(SO_SNDBUF, Socket::getSendBufferSize, Socket::setSendBufferSize)
            .number(SO_LINGER, Socket::getSoLinger, (s, value) -> s.setSoLinger(Math.min(value, MAX_LINGER)));

    static final SocketOptions SERVER = new SocketOptions()
            .all(UNIX_SERVER)
            .sharing()
            .tcpNumber(ExtendedSocketOptions.TCP_KEEPIDLE, SystemConstants.TCP_KEEPIDLE)
            .tcpNumber(ExtendedSocketOptions.TCP_KEEPINTERVAL, SystemConstants.TCP_KEEPINTVL)
            .tcpNumber(ExtendedSocketOptions.TCP_KEEPCOUNT, SystemConstants.TCP_KEEPCNT)
            .quickAck();

    static final SocketOptions STREAM = new SocketOptions()
            .all(SERVER)
            .all(UNIX_STREAM)
            .flag(SO_KEEPALIVE, Socket::isKeepAlive, Socket::setKeepAlive)
            .flag(TCP_NODELAY, Socket::isTcpNoDelay, Socket::setTcpNoDelay)
            .service();

    static final SocketOptions DATAGRAM = new SocketOptions()
            .all(UNIX_SERVER)
            .sharing()
            .flag(SO_BROADCAST, Socket::isBroadcast, Socket::setBroadcast)
            .size(SO_SNDBUF, Socket::getSendBufferSize, Socket::setSendBufferSize)
            .service();

    private final Map<SocketOption<?>, Accessor<?>> accessors = new HashMap<>();

    private SocketOptions() {}

    private interface Getter<T> {
        T get(Socket socket) throws IOException;
    }

    private interface Setter<T> {
        void set(Socket socket, T value) throws IOException;
    }

    private record Accessor<T>(SocketOption<T> name, Getter<T> getter, Setter<T> setter) {
        void set(Socket socket, Object value) throws IOException {
            setter.set(socket, name.type().cast(value));
        }
    }

    Set<SocketOption<?>> supported() {
        return Collections.unmodifiableSet(accessors.keySet());
    }

    <T> void set(Object channel, Socket socket, SocketOption<T> name, T value) throws IOException {
        Accessor<?> accessor = accessor(channel, name);
        Objects.requireNonNull(value, "value");
        try {
            accessor.set(socket, value);
        } catch (IOException | ChannelException e) {
            throw Errnos.option(channel, name.name(), e);
        }
    }

    <T> T get(Object channel, Socket socket, SocketOption<T> name) throws IOException {
        Accessor<?> accessor = accessor(channel, name);
        try {
            return name.type().cast(accessor.getter().get(socket));
        } catch (IOException | ChannelException e) {
            throw Errnos.option(channel, name.name(), e);
        }
    }

    private Accessor<?> accessor(Object channel, SocketOption<?> name) {
        Accessor<?> accessor = accessors.get(Objects.requireNonNull(name, "name"));
        if (accessor == null) {
            throw new UnsupportedOperationException(name.name() + " of " + channel);
        }
        return accessor;
    }

    private SocketOptions all(SocketOptions others) {
        accessors.putAll(others.accessors);
        return this;
    }

    private SocketOptions flag(SocketOption<Boolean> name, Getter<Boolean> getter, Setter<Boolean> setter) {
        accessors.put(name, new Accessor<>(name, getter, setter));
        return this;
    }

    private SocketOptions number(SocketOption<Integer> name, Getter<Integer> getter, Setter<Integer> setter) {
        accessors.put(name, new Accessor<>(name, getter, setter));
        return this;
    }

    private SocketOptions sharing() {
        return flag(SO_REUSEADDR, Socket::isReuseAddress, Socket::setReuseAddress)
                .flag(SO_REUSEPORT, Socket::isReusePort, Socket::setReusePort);
    }

    /** Adds IP_TOS, one byte. */
    private SocketOptions service() {
        return number(
                IP_TOS,
                Socket::getTrafficClass,
                (s, value) -> s.setTrafficClass(within(value, 255, "type of service")));
    }

    private SocketOptions size(SocketOption<Integer> name, Getter<Integer> getter, Setter<Integer> setter) {
        return number(
                name,
                s -> bufferBytes(getter.get(s)),
                (s, value) -> setter.set(s, within(value, Integer.MAX_VALUE, "size of a buffer")));
    }

    private static int within(int value, int limit, String what) {
        if (value < 0 || value > limit) {
            throw new IllegalArgumentException("not a " + what + ": " + value);
        }
        return value;
    }

    private SocketOptions tcpNumber(SocketOption<Integer> name, int number) {
        return number(
                name, s -> s.getIntOpt(IPPROTO_TCP, number), (s, value) -> s.setIntOpt(IPPROTO_TCP, number, value));
    }

    private SocketOptions quickAck() {
        if (!SystemConstants.LINUX) {
            return this;
        }
        return flag(
                ExtendedSocketOptions.TCP_QUICKACK,
                s -> s.getIntOpt(IPPROTO_TCP, SystemConstants.TCP_QUICKACK) != 0,
                (s, value) -> s.setIntOpt(IPPROTO_TCP, SystemConstants.TCP_QUICKACK, value ? 1 : 0));
    }

    /** Returns the size that was set: Linux doubles it for its own needs and reports the double, socket(7). The JDK halves it too. */
    private static int bufferBytes(int reported) {
        return SystemConstants.LINUX ? reported / 2 : reported;
    }
}
