// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.asyncore.Dispatcher;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Plays one program: holds its dispatchers and peers, and records its events. */
final class ProgramRun {
    final Map<String, Actor> actors = new LinkedHashMap<>();
    final Map<String, ProgramPeer> peers = new LinkedHashMap<>();
    final Backend backend;
    int depth; // of nested hooks
    int turns = 1; // of the next run
    boolean over;

    private final Program program;
    private final Barrier barrier;
    private final Loop loop;
    private final NamedAddresses addresses;
    private final UntargetedActions untargetedActions = new UntargetedActions(this);
    private final ActorActions actorActions = new ActorActions(this);
    private final List<String> events = new ArrayList<>();

    private ProgramRun(Program program, Backend backend, InterestPolicy policy, Barrier barrier) throws IOException {
        this.program = program;
        this.backend = backend;
        this.barrier = barrier;
        loop = Loop.builder().backend(backend).interestPolicy(policy).open();
        addresses = new NamedAddresses(this);
    }

    /** Returns the events of a program. */
    static List<String> play(Program program, Backend backend, InterestPolicy policy, Barrier barrier)
            throws IOException {
        ProgramRun run = new ProgramRun(program, backend, policy, barrier);
        try {
            run.run();
            return run.events;
        } finally {
            run.end();
        }
    }

    Loop loop() {
        return loop;
    }

    NamedAddresses addresses() {
        return addresses;
    }

    Program.Part part(String name) {
        return requireNonNull(program.parts().get(name), name);
    }

    void event(String who, String what) {
        if (!over) {
            events.add(who + "." + what);
        }
    }

    boolean isInMap(Actor actor) {
        return loop.dispatchers().contains((Object) actor);
    }

    /** Makes an actor for an accepted connection, or closes it if the part is null or has too many actors. */
    void adopt(@Nullable String part, StreamChannel channel) throws IOException {
        untargetedActions.adopt(part, channel);
    }

    private void run() throws IOException {
        String before = "";
        for (List<List<Object>> steps : program.turns()) {
            for (List<Object> step : steps) {
                step(step);
            }
            barrier.await();
            runLoop();
            String after = map();
            if (!after.equals(before)) {
                event("map", after);
                before = after;
            }
        }
        drain();
    }

    private void step(List<Object> step) {
        try {
            play(null, List.of(step));
        } catch (IOException | RuntimeException e) {
            event("driver", "raised " + ExceptionNames.of(e));
        }
    }

    private void runLoop() {
        event("loop", "run");
        int count = turns;
        turns = 1;
        try {
            loop.run(Duration.ZERO, count);
        } catch (RuntimeException e) {
            event("loop", "raised " + ExceptionNames.of(e));
        }
    }

    /** Returns the dispatchers of the loop, and their states. */
    private String map() {
        return loop.dispatchers().stream().map(ProgramRun::describe).collect(Collectors.joining(" "));
    }

    private static String describe(Dispatcher dispatcher) {
        Actor actor = (Actor) dispatcher;
        SocketDispatcher socket = dispatcher instanceof SocketDispatcher s ? s : null;
        return actor.script().name
                + (socket != null && socket.accepting() ? ":accepting" : "")
                + (actor.connected() ? ":connected" : "")
                + (socket != null && socket.connecting() ? ":connecting" : "");
    }

    // Actions.

    /** Does the actions in order. Before each action, the bytes of the last one have been delivered. */
    void play(@Nullable Script me, List<List<Object>> actions) throws IOException {
        for (List<Object> action : actions) {
            barrier.await();
            try {
                act(me, action);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("not an exception of a program", e);
            }
        }
    }

    private void act(@Nullable Script me, List<Object> action) throws Exception {
        if (untargetedActions.act(action)) {
            return;
        }
        Object target = Actions.target(action);
        String name = me != null && "self".equals(target) ? me.name : String.valueOf(target);
        Actor actor = actors.get(name);
        ProgramPeer peer = peers.get(name);
        if (actor != null) {
            actorActions.act(actor, action);
        } else if (peer != null) {
            peer.act(action);
        }
    }

    /** Adds a peer. */
    void join(String name, SocketChannel channel) throws IOException {
        peers.put(name, new ProgramPeer(this, name, channel));
    }

    /** Receives all bytes that the peers have not received yet. */
    private void drain() throws IOException {
        barrier.await();
        for (ProgramPeer peer : List.copyOf(peers.values())) {
            boolean more = peer.isOpen();
            while (more) {
                more = peer.receive(1 << 16);
            }
        }
    }

    private void end() throws IOException {
        over = true;
        loop.close();
        for (Actor actor : actors.values()) {
            if (actor.script().channel != null) {
                actor.script().channel.close();
            }
        }
        for (ProgramPeer peer : peers.values()) {
            peer.close();
        }
        addresses.close();
    }
}
