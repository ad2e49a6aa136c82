// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncore.ExitNow;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.traces.HookFailure;
import org.asyncore.conformance.traces.SystemError;
import org.jspecify.annotations.Nullable;

/** The actions without a target, which make actors and peers, or throw. */
final class UntargetedActions {
    private static final int MAX_ACTORS_OF_PART = 3;
    private static final int MAX_ACTORS = 8;
    private static final int BACKLOG = 5;

    private final ProgramRun run;
    private final Map<String, Integer> made = new HashMap<>();

    UntargetedActions(ProgramRun run) {
        this.run = run;
    }

    /** Does an action, and returns true. Returns false if the action has a target. */
    boolean act(List<Object> action) throws IOException {
        switch (Actions.op(action)) {
            case "throw" -> throw new HookFailure(Actions.text(action, 1));
            case "fail" -> throw new SystemError(Actions.text(action, 1));
            case "exit" -> throw new ExitNow();
            case "close_all" -> run.loop().closeAll((Boolean) action.get(1));
            case "make" -> make(Actions.text(action, 1), Actions.text(action, 2), action.get(3));
            case "turns" -> run.turns = Actions.number(action, 1);
            case "dial" -> dial(Actions.text(action, 1), Actions.text(action, 2));
            case "take" -> take(Actions.text(action, 1), Actions.text(action, 2));
            default -> {
                return false;
            }
        }
        return true;
    }

    // Peers.

    private void dial(String name, String listener) throws IOException {
        Actor actor = run.actors.get(listener);
        if (!run.peers.containsKey(name)
                && actor instanceof SocketDispatcher socket
                && actor.script().isOpen()
                && socket.accepting()) {
            run.join(name, SocketChannel.open(requireNonNull(socket.localAddress())));
        }
    }

    private void take(String name, String server) throws IOException {
        run.addresses().address(server);
        if (!run.peers.containsKey(name)) {
            SocketChannel taken = run.addresses().take(server);
            if (taken == null) {
                run.event(name, "nothing to take");
            } else {
                run.join(name, taken);
            }
        }
    }

    // Actors.

    private @Nullable String nextName(String part) {
        int n = made.getOrDefault(part, 0) + 1;
        if (n > MAX_ACTORS_OF_PART || run.actors.size() >= MAX_ACTORS) {
            return null;
        }
        made.put(part, n);
        return n == 1 ? part : part + n;
    }

    private void make(String part, String how, Object argument) throws IOException {
        String name = nextName(part);
        if (name == null) {
            return;
        }
        Script script = new Script(run, name, run.part(part));
        switch (how) {
            case "pair" -> pair(script, NamedAddresses.family(argument));
            case "file" -> file(script, ((Number) argument).intValue());
            case "connect" -> connect(script, (String) argument);
            case "listen" -> listen(script, NamedAddresses.family(argument));
            case "datagram" -> datagram(script);
            case "open" -> open(script, NamedAddresses.family(argument));
            default -> actor(script);
        }
    }

    /** Makes an actor for an accepted connection, or closes it if the part is null or has too many actors. */
    void adopt(@Nullable String part, StreamChannel channel) throws IOException {
        boolean file = part != null && run.part(part).kind().equals("file");
        String name = part == null || file ? null : nextName(part);
        if (name == null) {
            channel.close();
        } else {
            actor(new Script(run, name, run.part(name.substring(0, 1))), channel);
        }
    }

    private SocketDispatcher actor(Script script) {
        return enter(
                script,
                switch (script.part.kind()) {
                    case "chat" -> new ChatActor(script);
                    case "buffered" -> new BufferedActor(script);
                    default -> new PlainActor(script);
                });
    }

    private void actor(Script script, StreamChannel channel) throws IOException {
        if (channel.getLocalAddress() instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        enter(
                script,
                switch (script.part.kind()) {
                    case "chat" -> new ChatActor(script, channel);
                    case "buffered" -> new BufferedActor(script, channel);
                    default -> new PlainActor(script, channel);
                });
    }

    private <T extends Actor> T enter(Script script, T actor) {
        run.actors.put(script.name, actor);
        if (actor instanceof SocketDispatcher socket) {
            script.listens = socket::accepting;
        }
        return actor;
    }

    private void pair(Script script, ProtocolFamily family) throws IOException {
        SocketAddress address = run.addresses().free(family, script.name + ".pair");
        try (ServerChannel server = run.backend.openServer(family)) {
            server.bind(address);
            run.join("p" + script.name, SocketChannel.open(requireNonNull(server.getLocalAddress())));
            StreamChannel ours = server.accept();
            while (ours == null) {
                Thread.onSpinWait();
                ours = server.accept();
            }
            script.family = family;
            actor(script, ours);
        }
    }

    private void file(Script script, int bytes) throws IOException {
        Path path = Files.write(run.addresses().path(script.name), Script.letters(0, bytes));
        enter(script, new FileActor(script, FileChannel.open(path)));
    }

    private void connect(Script script, String address) throws IOException {
        if (run.addresses().knows(address)) {
            SocketDispatcher socket = actor(script);
            run.addresses().createSocket(script, socket, address);
            socket.connect(run.addresses().address(address));
        }
    }

    private void listen(Script script, ProtocolFamily family) throws IOException {
        SocketDispatcher socket = open(script, family);
        socket.bind(run.addresses().free(family, script.name));
        socket.listen(BACKLOG);
        run.addresses().put(script.name, requireNonNull(socket.localAddress()));
    }

    private void datagram(Script script) throws IOException {
        SocketDispatcher socket = actor(script);
        socket.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        socket.bind(NamedAddresses.loopback());
    }

    private SocketDispatcher open(Script script, ProtocolFamily family) throws IOException {
        SocketDispatcher socket = actor(script);
        script.family = family;
        socket.createSocket(family, SocketType.STREAM);
        return socket;
    }
}
