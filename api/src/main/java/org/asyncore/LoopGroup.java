// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.EventLoop;
import org.asyncore.internal.GroupMember;

/**
 * Several loops, each on a thread of its own, so that a server uses several cores. All methods may be called from any
 * thread.
 *
 * <p>There are two ways to spread connections. One dispatcher listens, and its {@code handleAccepted} passes each
 * connection to {@link #serve}, so that the loop with the fewest dispatchers serves it. Or, on Linux and the BSDs, each
 * loop has a listener of its own on the same port, which has set
 * {@link java.net.StandardSocketOptions#SO_REUSEPORT} before it was bound. Then the system spreads the connections by a
 * hash of their addresses, which is uneven for few of them; the listeners may pass them to {@link #serve}, too.
 *
 * <p>The loops belong to the thread that opened the group until {@link #start}, so it may make dispatchers in them. After
 * that use {@link Loop#execute}. A loop of a group runs until the group is shut down or closed, even if it has nothing to
 * do. If an exception leaves its {@code run}, this is logged, the loop is closed and the others go on; an {@link ExitNow}
 * ends all loops.
 */
public final class LoopGroup implements AutoCloseable {
    private static final Duration CENTURY = Duration.ofDays(36_500); // a longer time would overflow

    private final List<GroupMember> members = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger(); // counts the calls of next

    /** Makes the dispatcher of a connection that was accepted by another loop. */
    @FunctionalInterface
    public interface Service {
        /**
         * Makes a dispatcher over the connection. Called by the loop's thread.
         *
         * @throws IOException if it fails; this is logged, and the connection is closed unless a dispatcher has it
         */
        void serve(Loop loop, StreamChannel connection) throws IOException;
    }

    LoopGroup(List<EventLoop> loops, List<String> names) {
        for (int i = 0; i < loops.size(); i++) {
            members.add(new GroupMember(loops.get(i), names.get(i), this::exit));
        }
    }

    /** Opens a group with a loop for each core, with the default settings; exceptions as for {@link Loop#open()}. */
    public static LoopGroup open() {
        return open(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Opens a group with the default settings; {@link LoopBuilder#openGroup} opens one with others.
     *
     * @throws IllegalArgumentException if the number of loops is not positive
     */
    public static LoopGroup open(int loops) {
        return Loop.builder().openGroup(loops);
    }

    /** Returns the loops, ended ones too. */
    public List<Loop> loops() {
        return members.stream().map(GroupMember::loop).toList();
    }

    /**
     * Starts a thread for each loop, which has the loop's name.
     *
     * @throws IllegalStateException if the group was started already, or is closed
     */
    public void start() {
        members.forEach(GroupMember::start);
    }

    /**
     * Returns the loop with the fewest dispatchers. Of several it returns the calling loop, or else one in turn. The
     * dispatcher that calls is not counted, and loops that have ended are left out.
     *
     * @throws IllegalStateException if all have ended
     */
    public Loop next() {
        return nextMember().loop();
    }

    private GroupMember nextMember() {
        int start = Math.floorMod(turn.getAndIncrement(), members.size());
        GroupMember best = null;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < members.size(); i++) {
            GroupMember member = members.get((start + i) % members.size());
            if (member.takesNoMore()) {
                continue;
            }
            int others = member.dispatchers() - (member.isCaller() ? 1 : 0);
            if (others < fewest || (others == fewest && member.isCaller())) {
                best = member;
                fewest = others;
            }
        }
        if (best == null) {
            throw new IllegalStateException("all loops of the group have ended");
        }
        return best;
    }

    /**
     * Returns how many dispatchers the loops have. A connection that was passed to {@link #serve}, and has no dispatcher
     * yet, counts as one.
     */
    public int dispatchers() {
        return members.stream().mapToInt(GroupMember::dispatchers).sum();
    }

    /**
     * Passes a connection to the {@linkplain #next next} loop. The connection must be in no loop, as one is that
     * {@link SocketDispatcher#handleAccepted} gets. If no dispatcher can be made for it, it is closed.
     *
     * @param service makes the dispatcher, on that loop's thread
     * @throws IllegalStateException if all loops have ended
     */
    public void serve(StreamChannel connection, Service service) throws IOException {
        requireNonNull(connection, "connection");
        requireNonNull(service, "service");
        boolean passed = false;
        try {
            while (!passed) { // a loop that has just ended takes no more, so another one gets the connection
                passed = nextMember().serve(connection, service);
            }
        } finally {
            if (!passed) {
                connection.close();
            }
        }
    }

    /**
     * Shuts all loops down, each as {@link Loop#shutdown} does, and ends their threads. Does not wait.
     *
     * @param grace the time that dispatchers have to end
     * @throws IllegalArgumentException if the time is negative
     */
    public void shutdown(Duration grace) {
        members.forEach(member -> member.shutdown(grace));
    }

    /**
     * Waits until all loops have ended.
     *
     * @return false if the time was over before
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + (timeout.compareTo(CENTURY) < 0 ? timeout : CENTURY).toNanos();
        boolean ended = true;
        for (GroupMember member : members) {
            ended &= member.awaitEnd(end - System.nanoTime());
        }
        return ended;
    }

    private void exit() {
        members.forEach(member -> member.loop().stop());
    }

    /** Stops and closes all loops, and waits for their threads. A thread of the group does not wait for itself. */
    @Override
    public void close() {
        exit();
        members.forEach(GroupMember::close);
    }

    @Override
    public String toString() {
        return "group of " + loops();
    }
}
