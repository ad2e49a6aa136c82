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
import static org.asyncore.unix.SystemNumbers.HERE;
import static org.asyncore.unix.SystemNumbers.IPPROTO_TCP;

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
 * Which socket options a kind of channel has, and how Netty's sockets set them. The kinds are the JDK's, whose channels of
 * the Unix domain have fewer, and so are the values that are refused.
 */
final class Options {
    private static final int MAX_LINGER = 65535; // longer is as long, as the JDK has it

    static final Options UNIX_SERVER =
            new Options().size(SO_RCVBUF, Socket::getReceiveBufferSize, Socket::setReceiveBufferSize);

    static final Options UNIX_STREAM = new Options()
            .all(UNIX_SERVER)
            .size(SO_SNDBUF, Socket::getSendBufferSize, Socket::setSendBufferSize)
            .number(SO_LINGER, Socket::getSoLinger, (s, value) -> s.setSoLinger(Math.min(value, MAX_LINGER)));

    static final Options SERVER = new Options()
            .all(UNIX_SERVER)
            .sharing()
            .tcpNumber(ExtendedSocketOptions.TCP_KEEPIDLE, HERE.tcpKeepIdle)
            .tcpNumber(ExtendedSocketOptions.TCP_KEEPINTERVAL, HERE.tcpKeepInterval)
            .tcpNumber(ExtendedSocketOptions.TCP_KEEPCOUNT, HERE.tcpKeepCount)
            .quickAck();

    static final Options STREAM = new Options()
            .all(SERVER)
            .all(UNIX_STREAM)
            .flag(SO_KEEPALIVE, Socket::isKeepAlive, Socket::setKeepAlive)
            .flag(TCP_NODELAY, Socket::isTcpNoDelay, Socket::setTcpNoDelay)
            .service();

    static final Options DATAGRAM = new Options()
            .all(UNIX_SERVER)
            .sharing()
            .flag(SO_BROADCAST, Socket::isBroadcast, Socket::setBroadcast)
            .size(SO_SNDBUF, Socket::getSendBufferSize, Socket::setSendBufferSize)
            .service();

    private final Map<SocketOption<?>, Accessor<?>> accessors = new HashMap<>();

    private Options() {}

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
            throw Failures.option(channel, name.name(), e);
        }
    }

    <T> T get(Object channel, Socket socket, SocketOption<T> name) throws IOException {
        Accessor<?> accessor = accessor(channel, name);
        try {
            return name.type().cast(accessor.getter().get(socket));
        } catch (IOException | ChannelException e) {
            throw Failures.option(channel, name.name(), e);
        }
    }

    private Accessor<?> accessor(Object channel, SocketOption<?> name) {
        Accessor<?> accessor = accessors.get(Objects.requireNonNull(name, "name"));
        if (accessor == null) {
            throw new UnsupportedOperationException(name.name() + " of " + channel);
        }
        return accessor;
    }

    private Options all(Options others) {
        accessors.putAll(others.accessors);
        return this;
    }

    private Options flag(SocketOption<Boolean> name, Getter<Boolean> getter, Setter<Boolean> setter) {
        accessors.put(name, new Accessor<>(name, getter, setter));
        return this;
    }

    private Options number(SocketOption<Integer> name, Getter<Integer> getter, Setter<Integer> setter) {
        accessors.put(name, new Accessor<>(name, getter, setter));
        return this;
    }

    private Options sharing() {
        return flag(SO_REUSEADDR, Socket::isReuseAddress, Socket::setReuseAddress)
                .flag(SO_REUSEPORT, Socket::isReusePort, Socket::setReusePort);
    }

    /** IP_TOS, one byte. */
    private Options service() {
        return number(
                IP_TOS,
                Socket::getTrafficClass,
                (s, value) -> s.setTrafficClass(within(value, 255, "type of service")));
    }

    private Options size(SocketOption<Integer> name, Getter<Integer> getter, Setter<Integer> setter) {
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

    private Options tcpNumber(SocketOption<Integer> name, int number) {
        return number(
                name, s -> s.getIntOpt(IPPROTO_TCP, number), (s, value) -> s.setIntOpt(IPPROTO_TCP, number, value));
    }

    private Options quickAck() {
        if (HERE != SystemNumbers.LINUX) {
            return this;
        }
        return flag(
                ExtendedSocketOptions.TCP_QUICKACK,
                s -> s.getIntOpt(IPPROTO_TCP, SystemNumbers.TCP_QUICKACK) != 0,
                (s, value) -> s.setIntOpt(IPPROTO_TCP, SystemNumbers.TCP_QUICKACK, value ? 1 : 0));
    }

    /** Linux doubles what is set, for its own needs, and tells the double: socket(7). The JDK halves it, too. */
    private static int bufferBytes(int told) {
        return HERE == SystemNumbers.LINUX ? told / 2 : told;
    }
}
