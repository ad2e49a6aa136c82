// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** The addresses that a program names, and their listeners. Each is made when it is named first. */
final class NamedAddresses implements Closeable {
    private static final Set<String> NAMES = Set.of("live", "dead", "unix_live", "unix_dead", "udp_live", "udp_dead");
    private static final int BACKLOG = 8;

    private final ProgramRun run;
    private final Path directory;
    private final Map<String, SocketAddress> addresses = new HashMap<>();
    private final Map<String, ServerSocketChannel> servers = new HashMap<>();
    private final Deque<Closeable> closeables = new ArrayDeque<>();

    NamedAddresses(ProgramRun run) throws IOException {
        this.run = run;
        directory = Files.createTempDirectory("prg");
    }

    static SocketAddress loopback() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** Returns a free address of a family, for a socket of this name. */
    SocketAddress free(ProtocolFamily family, String name) throws IOException {
        return family == StandardProtocolFamily.UNIX ? UnixDomainSocketAddress.of(path(name)) : loopback();
    }

    static ProtocolFamily family(Object name) {
        return name.equals("unix") ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
    }

    /** Returns true if this is the name of an address, or of an actor that has listened. */
    boolean knows(String name) {
        return NAMES.contains(name) || addresses.containsKey(name);
    }

    /** Records the address at which an actor listens. */
    void put(String name, SocketAddress address) {
        addresses.put(name, address);
    }

    SocketAddress address(String name) throws IOException {
        SocketAddress address = addresses.get(name);
        if (address == null) {
            address = make(name);
            addresses.put(name, address);
        }
        return address;
    }

    private SocketAddress make(String name) throws IOException {
        return switch (name) {
            case "live" -> listener(name, StandardProtocolFamily.INET);
            case "unix_live" -> listener(name, StandardProtocolFamily.UNIX);
            case "dead" -> dead(StandardProtocolFamily.INET);
            case "unix_dead" -> dead(StandardProtocolFamily.UNIX);
            case "udp_live" -> datagramPeer();
            case "udp_dead" -> selfConnectedDatagrams();
            default -> throw new IllegalArgumentException("no such address: " + name);
        };
    }

    private SocketAddress listener(String name, ProtocolFamily family) throws IOException {
        ServerSocketChannel server = closing(ServerSocketChannel.open(family));
        server.configureBlocking(false);
        server.bind(free(family, "live"), BACKLOG);
        servers.put(name, server);
        return server.getLocalAddress();
    }

    /** Binds a socket that does not listen. */
    private SocketAddress dead(ProtocolFamily family) throws IOException {
        return closing(SocketChannel.open(family)).bind(free(family, "dead")).getLocalAddress();
    }

    private SocketAddress datagramPeer() throws IOException {
        DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET);
        datagrams.bind(loopback());
        run.peers.put("u", new ProgramPeer(run, "u", datagrams));
        return datagrams.getLocalAddress();
    }

    /** Binds a datagram socket that is connected to itself, so that the system refuses the datagrams of others. */
    private SocketAddress selfConnectedDatagrams() throws IOException {
        DatagramChannel datagrams = closing(DatagramChannel.open(StandardProtocolFamily.INET));
        SocketAddress address = datagrams.bind(loopback()).getLocalAddress();
        datagrams.connect(address);
        return address;
    }

    /** Returns the next connection of one of the listeners, or null. */
    @Nullable
    SocketChannel take(String server) throws IOException {
        address(server);
        return requireNonNull(servers.get(server)).accept();
    }

    /** Returns true if a socket has the family and type of an address. */
    boolean fits(Script script, String name) throws IOException {
        if (!knows(name)) {
            return false;
        }
        SocketAddress address = address(name); // makes the address also if it is not used, as in Python
        boolean datagrams = script.channel instanceof DatagramSocketChannel;
        return datagrams == isDatagram(name)
                && (datagrams || script.family == familyOf(address))
                && (datagrams || script.channel instanceof StreamChannel);
    }

    private static boolean isDatagram(String name) {
        return name.startsWith("udp");
    }

    private static ProtocolFamily familyOf(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
    }

    /** Makes a dispatcher's socket for an address. */
    void createSocket(Script script, SocketDispatcher socket, String name) throws IOException {
        script.family = familyOf(address(name));
        socket.createSocket(script.family, isDatagram(name) ? SocketType.DATAGRAM : SocketType.STREAM);
        if (script.family == StandardProtocolFamily.INET && !isDatagram(name)) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    private <T extends Closeable> T closing(T resource) {
        closeables.push(resource);
        return resource;
    }

    @Override
    public void close() throws IOException {
        while (!closeables.isEmpty()) {
            closeables.pop().close();
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
