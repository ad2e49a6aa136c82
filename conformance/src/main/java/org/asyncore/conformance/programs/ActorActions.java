// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.StreamChannel;

/** The actions whose target is an actor. */
final class ActorActions {
    private final ProgramRun run;

    ActorActions(ProgramRun run) {
        this.run = run;
    }

    void act(Actor actor, List<Object> action) throws Exception {
        Script script = actor.script();
        switch (Actions.op(action)) {
            case "recv" -> recv(actor, Actions.number(action, 2));
            case "send" -> send(actor, Actions.number(action, 2));
            case "queue" -> script.out.append(new String(script.letters(Actions.number(action, 2)), ISO_8859_1));
            case "flush" -> flush(actor, Actions.number(action, 2));
            case "readable" -> script.readable = Actions.text(action, 2);
            case "writable" -> script.writable = Actions.text(action, 2);
            case "close" -> actor.close();
            case "leave" -> actor.delChannel();
            case "join" -> join(actor);
            case "hook" -> actor.hook(Actions.text(action, 2));
            case "default" -> actor.defaultHook(Actions.text(action, 2));
            default -> special(actor, action);
        }
        if (actor instanceof org.asyncore.Dispatcher dispatcher) {
            run.loop().refresh(dispatcher);
        }
    }

    private void special(Actor actor, List<Object> action) throws IOException {
        if (actor instanceof ChatActor chat) {
            chat.act(action);
        }
        if (actor instanceof SocketDispatcher socket) {
            act(actor.script(), socket, action);
        }
    }

    private void act(Script script, SocketDispatcher socket, List<Object> action) throws IOException {
        switch (Actions.op(action)) {
            case "sendto" -> sendTo(script, socket, Actions.number(action, 2));
            case "recvfrom" -> recvFrom(script, socket, Actions.number(action, 2));
            case "connect" -> connect(script, socket, Actions.text(action, 2));
            case "reopen" -> reopen(script, socket, Actions.text(action, 2));
            case "shut" -> shut(script, socket);
            case "accept" -> accept(script, socket);
            default -> {
                // an action of another kind of actor
            }
        }
    }

    private static boolean canSend(Actor actor) {
        return actor.script().channel != null && !isListening(actor) && !(actor instanceof FileActor);
    }

    private static boolean isListening(Actor actor) {
        return actor instanceof SocketDispatcher socket && socket.accepting();
    }

    private static void recv(Actor actor, int n) throws Exception {
        Script script = actor.script();
        if (script.channel == null || isListening(actor)) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(n);
        int got = actor.recv(buffer);
        script.event(
                got > 0 ? "recv " + got + " " + Script.text(buffer.flip()) : got < 0 ? "recv end" : "recv nothing");
    }

    private static void send(Actor actor, int n) throws Exception {
        Script script = actor.script();
        if (canSend(actor)) {
            sent(actor, actor.send(script.letters(n)));
        }
    }

    private static void flush(Actor actor, int n) throws Exception {
        StringBuilder out = actor.script().out;
        if (canSend(actor)) {
            int offered = Math.min(n, out.length());
            int taken = actor.send(out.substring(0, offered).getBytes(ISO_8859_1));
            out.delete(0, taken);
            sent(actor, taken);
        }
    }

    /** Records a send. A dispatcher_with_send has no number of bytes, because its send does not return it in Python. */
    private static void sent(Actor actor, int bytes) {
        actor.script().event(actor instanceof BufferedActor ? "send" : "send " + bytes);
    }

    private void join(Actor actor) {
        if (actor.script().isOpen() && !run.isInMap(actor)) {
            actor.addChannel();
        }
    }

    private void sendTo(Script script, SocketDispatcher socket, int n) throws IOException {
        if (script.isOpen() && script.channel instanceof DatagramSocketChannel && !socket.connected()) {
            SocketAddress peer = run.addresses().address("udp_live");
            script.event("sendto " + socket.sendTo(ByteBuffer.wrap(script.letters(n)), peer));
        }
    }

    private static void recvFrom(Script script, SocketDispatcher socket, int n) throws IOException {
        if (script.isOpen() && script.channel instanceof DatagramSocketChannel) {
            ByteBuffer buffer = ByteBuffer.allocate(n);
            if (socket.recvFrom(buffer) == null) {
                script.event("recvfrom nothing");
            } else {
                script.event("recvfrom " + buffer.flip().remaining() + " " + Script.text(buffer));
            }
        }
    }

    private void connect(Script script, SocketDispatcher socket, String address) throws IOException {
        boolean idle = !socket.connected() && !socket.connecting() && !socket.accepting();
        if (script.isOpen() && idle && run.addresses().fits(script, address)) {
            socket.connect(run.addresses().address(address));
        }
    }

    private void reopen(Script script, SocketDispatcher socket, String address) throws IOException {
        if (!script.isOpen() && run.addresses().knows(address)) {
            run.addresses().createSocket(script, socket, address);
            socket.connect(run.addresses().address(address));
        }
    }

    private static void shut(Script script, SocketDispatcher socket) throws IOException {
        if (script.isOpen() && socket.connected() && script.channel instanceof StreamChannel) {
            socket.shutdownOutput();
        }
    }

    private void accept(Script script, SocketDispatcher socket) throws IOException {
        if (socket.accepting()) {
            StreamChannel channel = socket.accept();
            script.event(channel == null ? "accept nothing" : "accept");
            if (channel != null) {
                run.adopt(script.part.adopts(), channel);
            }
        }
    }
}
