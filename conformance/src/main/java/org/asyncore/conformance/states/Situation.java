// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.asyncore.ChannelDispatcher;

/** The states of a dispatcher, each with the code that leads to it. */
enum Situation {
    NO_SOCKET(scene -> scene.subject()),
    STREAM_UNCONNECTED(Scene::stream),
    STREAM_BOUND(scene -> {
        Subject subject = scene.stream();
        subject.bind(scene.free());
        return subject;
    }),
    STREAM_CONNECTING_ANSWERED(scene -> {
        Subject subject = scene.stream();
        subject.connect(scene.listener());
        return subject;
    }),
    STREAM_CONNECTING_UNANSWERED(scene -> {
        Subject subject = scene.stream();
        subject.connect(scene.fullListener());
        return subject;
    }),
    STREAM_CONNECTED(scene -> {
        Subject subject = scene.stream();
        scene.connect(subject);
        return subject;
    }),
    STREAM_CONNECTED_WITH_INPUT(scene -> {
        Subject subject = scene.stream();
        scene.connect(subject).getOutputStream().write(new byte[5]);
        return readable(scene, subject);
    }),
    STREAM_HALF_CLOSED_BY_US(scene -> {
        Subject subject = scene.stream();
        scene.connect(subject);
        subject.shutdownOutput();
        return subject;
    }),
    STREAM_HALF_CLOSED_BY_PEER(scene -> {
        Subject subject = scene.stream();
        scene.connect(subject).shutdownOutput();
        return readable(scene, subject);
    }),
    STREAM_RESET_BY_PEER(scene -> {
        Subject subject = scene.stream();
        Socket peer = scene.connect(subject);
        peer.setSoLinger(true, 0);
        peer.close();
        return readable(scene, subject);
    }),
    STREAM_REFUSED(scene -> {
        Subject subject = scene.stream();
        subject.connect(scene.addressWithoutListener());
        scene.until(() -> scene.hooks.take().contains("handleError"));
        return subject;
    }),
    STREAM_LISTENING(scene -> {
        Subject subject = scene.stream();
        subject.bind(scene.free());
        subject.listen(5);
        return subject;
    }),
    STREAM_LISTENING_WITH_ONE_THAT_WAITS(scene -> {
        Subject subject = scene.stream();
        subject.bind(scene.free());
        subject.listen(5);
        scene.closing(SocketChannel.open(Objects.requireNonNull(subject.localAddress())));
        return subject;
    }),
    STREAM_CLOSED(scene -> closed(STREAM_CONNECTED.enter(scene))),
    STREAM_REMOVED(scene -> {
        ChannelDispatcher subject = STREAM_CONNECTED.enter(scene);
        subject.delChannel();
        return subject;
    }),
    LISTENER_CLOSED(scene -> closed(STREAM_LISTENING.enter(scene))),
    DATAGRAM_UNCONNECTED(Scene::datagram),
    DATAGRAM_BOUND(scene -> {
        Subject subject = scene.datagram();
        subject.bind(scene.free());
        return subject;
    }),
    DATAGRAM_BOUND_WITH_INPUT(scene -> {
        Subject subject = scene.datagram();
        subject.bind(scene.free());
        try (DatagramSocket peer = new DatagramSocket(Scene.loopback(0))) {
            peer.send(new DatagramPacket(new byte[5], 5, Objects.requireNonNull(subject.localAddress())));
        }
        return readable(scene, subject);
    }),
    DATAGRAM_CONNECTED(scene -> {
        Subject subject = scene.datagram();
        subject.connect(scene.datagramPeer().getLocalSocketAddress());
        return subject;
    }),
    DATAGRAM_REFUSED(scene -> {
        Subject subject = scene.datagram();
        DatagramSocket peer = scene.datagramPeer();
        subject.connect(peer.getLocalSocketAddress());
        peer.close();
        subject.send(new byte[3]);
        return readable(scene, subject);
    }),
    DATAGRAM_CLOSED(scene -> closed(DATAGRAM_CONNECTED.enter(scene))),
    UNIX_UNCONNECTED(Scene::unixStream),
    UNIX_CONNECTED(scene -> {
        Subject subject = scene.unixStream();
        subject.connect(scene.listener());
        return subject;
    }),
    UNIX_CLOSED_BY_PEER(scene -> {
        Subject subject = scene.unixStream();
        try (ServerSocketChannel server = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            server.bind(scene.free());
            subject.connect(server.getLocalAddress());
            server.accept().close();
        }
        return readable(scene, subject);
    }),
    UNIX_LISTENING(scene -> {
        Subject subject = scene.unixStream();
        subject.bind(scene.free());
        subject.listen(5);
        return subject;
    }),
    FILE_TO_READ(scene -> file(scene, scene.file("some words"), READ)),
    FILE_AT_ITS_END(scene -> file(scene, scene.file(""), READ)),
    FILE_TO_WRITE(scene -> file(scene, scene.file("some words"), WRITE)),
    FILE_CLOSED(scene -> closed(FILE_TO_READ.enter(scene))),
    FIFO_TO_READ(scene -> {
        Path fifo = scene.fifo();
        FileSubject subject = file(scene, fifo, READ);
        scene.other(fifo, WRITE);
        return subject;
    }),
    FIFO_AT_ITS_END(scene -> {
        Path fifo = scene.fifo();
        FileSubject subject = file(scene, fifo, READ);
        scene.other(fifo, WRITE).write(java.nio.ByteBuffer.allocate(1));
        scene.until(() -> subject.recv(8).length > 0);
        scene.finish();
        return readable(scene, subject);
    }),
    FIFO_TO_WRITE(scene -> {
        Path fifo = scene.fifo();
        scene.other(fifo, READ, WRITE);
        return file(scene, fifo, WRITE);
    }),
    FIFO_WITHOUT_A_READER(scene -> {
        Path fifo = scene.fifo();
        scene.other(fifo, READ, WRITE);
        FileSubject subject = file(scene, fifo, WRITE);
        scene.finish();
        return subject;
    });

    /** Makes a dispatcher in a state. */
    private interface Way {
        ChannelDispatcher go(Scene scene) throws Exception;
    }

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
    private final Way way;

    Situation(Way way) {
        this.way = way;
    }

    ChannelDispatcher enter(Scene scene) throws Exception {
        ChannelDispatcher subject = way.go(scene);
        scene.hooks.take();
        return subject;
    }

    private static FileSubject file(Scene scene, Path path, java.nio.file.OpenOption... options) throws IOException {
        return new FileSubject(scene.loop, scene.hooks, path, options);
    }

    private static ChannelDispatcher closed(ChannelDispatcher subject) {
        subject.close();
        return subject;
    }

    /** Runs the loop until the input has arrived and {@code handleRead} was called. */
    private static ChannelDispatcher readable(Scene scene, ChannelDispatcher subject) throws Exception {
        scene.hooks.take();
        scene.until(() -> scene.hooks.take().contains("handleRead"));
        return subject;
    }

    boolean isFile() {
        return name().startsWith("FI");
    }

    /** Returns the state in words. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
