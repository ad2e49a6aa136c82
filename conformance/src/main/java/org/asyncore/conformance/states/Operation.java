// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.ChannelDispatcher;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A public operation of a dispatcher.
 *
 * @param name the name in the table
 */
record Operation(String name, Call call) {
    /** The code of an operation. */
    interface Call {
        @Nullable
        Object of(Scene scene, ChannelDispatcher subject) throws Exception;
    }

    private interface SocketCall {
        @Nullable
        Object of(Scene scene, SocketDispatcher subject) throws Exception;
    }

    private interface Action {
        void on(Scene scene, SocketDispatcher subject) throws Exception;
    }

    static List<Operation> of(Situation situation) {
        List<Operation> all = new ArrayList<>(common());
        if (!situation.isFile()) {
            all.addAll(streams());
            all.addAll(datagrams());
            all.addAll(options());
        }
        return all;
    }

    private static List<Operation> common() {
        return List.of(
                new Operation("send 3 bytes", (scene, d) -> d.send(ByteBuffer.allocate(3))),
                new Operation("send 3 direct bytes", (scene, d) -> d.send(ByteBuffer.allocateDirect(3))),
                new Operation("send an array", (scene, d) -> d.send(new byte[3])),
                new Operation("send nothing", (scene, d) -> d.send(ByteBuffer.allocate(0))),
                new Operation("recv", (scene, d) -> d.recv(ByteBuffer.allocate(8))),
                new Operation("recv into a direct buffer", (scene, d) -> d.recv(ByteBuffer.allocateDirect(8))),
                new Operation("recv an array", (scene, d) -> d.recv(8)),
                new Operation("recv into a full buffer", (scene, d) -> d.recv(ByteBuffer.allocate(0))),
                new Operation("addChannel", (scene, d) -> {
                    d.addChannel();
                    return "";
                }),
                new Operation("delChannel", (scene, d) -> {
                    d.delChannel();
                    return "";
                }),
                new Operation("delChannel, addChannel", (scene, d) -> {
                    d.delChannel();
                    d.addChannel();
                    return "";
                }),
                new Operation("close", (scene, d) -> {
                    d.close();
                    return "";
                }),
                new Operation("close, close", (scene, d) -> {
                    d.close();
                    d.close();
                    return "";
                }),
                new Operation("text", (scene, d) -> text(d)));
    }

    private static List<Operation> streams() {
        return List.of(
                action("createSocket", (scene, d) -> d.createSocket()),
                action(
                        "setSocket",
                        (scene, d) ->
                                d.setSocket(scene.closing(scene.backend.openStream(StandardProtocolFamily.INET)))),
                action("bind", (scene, d) -> d.bind(scene.free())),
                action("bind to an address in use", (scene, d) -> d.bind(scene.listener())),
                action("listen", (scene, d) -> d.listen(5)),
                action("connect", (scene, d) -> d.connect(scene.listener())),
                action("connect without a listener", (scene, d) -> d.connect(scene.addressWithoutListener())),
                call("accept", (scene, d) -> d.accept()),
                call("recvUrgent", (scene, d) -> d.recvUrgent()),
                action("shutdownOutput", (scene, d) -> d.shutdownOutput()),
                action("shutdownOutput, shutdownOutput", (scene, d) -> {
                    d.shutdownOutput();
                    d.shutdownOutput();
                }),
                call("localAddress", (scene, d) -> d.localAddress()),
                call("remoteAddress", (scene, d) -> d.remoteAddress()));
    }

    private static List<Operation> datagrams() {
        return List.of(
                call("sendTo", (scene, d) -> d.sendTo(ByteBuffer.allocate(3), address(scene))),
                call("sendTo nothing", (scene, d) -> d.sendTo(ByteBuffer.allocate(0), address(scene))),
                call("recvFrom", (scene, d) -> d.recvFrom(ByteBuffer.allocate(8))));
    }

    private static SocketAddress address(Scene scene) throws IOException {
        return scene.datagramPeer().getLocalSocketAddress();
    }

    private static List<Operation> options() {
        return List.of(
                action("setReuseAddr", (scene, d) -> d.setReuseAddr()),
                action("setOption SO_RCVBUF", (scene, d) -> d.setOption(StandardSocketOptions.SO_RCVBUF, 9999)),
                call("getOption SO_RCVBUF", (scene, d) -> d.getOption(StandardSocketOptions.SO_RCVBUF) > 0),
                action("setOption SO_LINGER", (scene, d) -> d.setOption(StandardSocketOptions.SO_LINGER, 1)),
                call("getOption SO_LINGER", (scene, d) -> d.getOption(StandardSocketOptions.SO_LINGER)),
                action("setOption TCP_NODELAY", (scene, d) -> d.setOption(StandardSocketOptions.TCP_NODELAY, true)),
                call("getOption TCP_NODELAY", (scene, d) -> d.getOption(StandardSocketOptions.TCP_NODELAY)));
    }

    private static Operation action(String name, Action action) {
        return call(name, (scene, subject) -> {
            action.on(scene, subject);
            return "";
        });
    }

    private static Operation call(String name, SocketCall call) {
        return new Operation(name, (scene, subject) -> call.of(scene, (SocketDispatcher) subject));
    }

    /** Returns a row of the table. */
    String row(Scene scene, ChannelDispatcher subject) {
        String outcome;
        try {
            outcome = outcome(call.of(scene, subject));
        } catch (Exception e) {
            outcome = kind(e.getClass());
        }
        return "| " + name + " | " + outcome + " | " + scene.shows(subject) + " |";
    }

    private static String outcome(@Nullable Object value) throws IOException {
        if (value instanceof StreamChannel channel) {
            channel.close();
            return "a channel";
        }
        if (value instanceof SocketAddress address) {
            return "address " + addressless(address.toString());
        }
        return value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
    }

    /** Returns the name of an exception's class, or of the nearest superclass that is in the JDK. */
    private static String kind(Class<?> type) {
        return type.getName().startsWith("java.") ? type.getSimpleName() : kind(type.getSuperclass());
    }

    private static String text(ChannelDispatcher subject) {
        return addressless(subject.toString());
    }

    private static String addressless(String text) {
        return text.replaceAll("/127\\.0\\.0\\.1:\\d+", "/HOST:PORT")
                .replaceAll("/0\\.0\\.0\\.0:0|/0\\.0\\.0\\.0:\\d+", "/ANY:PORT")
                .replaceAll("/[^ ]*/s\\d+", "PATH");
    }
}
