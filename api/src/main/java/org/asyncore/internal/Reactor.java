// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.asyncore.Dispatcher;
import org.asyncore.InterestPolicy;
import org.asyncore.spi.Poller;

/** The part of a turn that is about dispatchers: ask them, wait for them, serve them. */
final class Reactor {
    final ReactorLoop loop;
    final Poller poller;
    final Members members = new Members();
    final ReadySet reads = new ReadySet();
    final ReadySet writes = new ReadySet();
    final ReadySet urgents = new ReadySet();
    final Lingering lingering = new Lingering(this);
    final AcceptedChannels accepted = new AcceptedChannels(members);
    final Advice advice;

    private final boolean asksEveryTurn;
    private final AskQueue toAsk = new AskQueue(); // empty if it asks all on every turn
    private int depth; // turns under way: more than one when a hook runs the loop
    private boolean cancelled; // a registration has ended since the last poll

    Reactor(ReactorLoop loop, Poller poller, InterestPolicy policy) {
        this.loop = loop;
        this.poller = poller;
        asksEveryTurn = policy == InterestPolicy.EVERY_TURN;
        advice = new Advice(members, policy);
    }

    void add(Member member) {
        members.add(member);
        reads.ensureCapacity(members.end());
        writes.ensureCapacity(members.end());
        urgents.ensureCapacity(members.end());
        changed(member);
        try {
            member.joined();
        } catch (RuntimeException | Error e) {
            member.leave();
            throw e;
        }
    }

    /** A member's dispatcher sends, receives or connects: so it must be on the loop's thread, and may answer anew. */
    void touched(Member member) {
        loop.checkThread();
        changed(member);
    }

    /** The dispatcher's answers may be others now. */
    void changed(Member member) {
        if (!asksEveryTurn && !member.toAsk) {
            member.toAsk = true;
            toAsk.add(member);
        }
    }

    void beginTurn() {
        if (depth++ == 0) {
            members.compact();
        }
        advice.beginTurn();
    }

    /** Ends a turn, which an exception may have cut short. */
    void endTurn(boolean completed) {
        depth--;
        if (!completed) {
            forgetReady();
        }
    }

    void ask() {
        if (asksEveryTurn) {
            for (int slot = 0, end = members.end(); slot < end; slot++) {
                Member member = members.at(slot);
                if (member != null) {
                    member.ask();
                }
            }
        } else {
            askChanged();
        }
    }

    /**
     * If {@code readable} or {@code writable} throws, the dispatchers not yet asked stay queued, and the one that threw is
     * queued again. A dispatcher that is added meanwhile is asked in the next turn.
     */
    private void askChanged() {
        long mark = toAsk.mark();
        for (Member member = toAsk.take(mark); member != null; member = toAsk.take(mark)) {
            boolean answered = false;
            try {
                if (member.isMember()) {
                    member.ask();
                }
                answered = true;
            } finally {
                member.toAsk = false;
                if (!answered) {
                    changed(member);
                }
            }
        }
    }

    /** Whether waiting would be wrong: something is ready, or has still to be asked. */
    boolean isReady() {
        return knownReady() >= 0 || !toAsk.isEmpty();
    }

    /** A slot that is known to be ready without asking the poller, or -1. */
    int knownReady() {
        int slot = reads.peek();
        return slot >= 0 ? slot : writes.peek();
    }

    /** Waits; the poller marks what is ready. Returns how many reports it made. */
    int poll(long nanos) throws IOException {
        cancelled = false;
        return poller.poll(nanos);
    }

    /** Serves what is ready in asyncore's order, which is select's. */
    void serve() {
        serve(reads, Event.READ);
        serve(writes, Event.WRITE);
        serve(urgents, Event.URGENT);
        lingering.serve();
    }

    private enum Event {
        READ,
        WRITE,
        URGENT
    }

    private void serve(ReadySet ready, Event event) {
        for (int slot = ready.take(); slot >= 0; slot = ready.take()) {
            Member member = members.at(slot);
            if (member != null) { // else a hook of this turn closed it
                changed(member);
                serve(member, event);
            }
        }
    }

    /** A hook of a listener may have accepted connections: what it leaves without an owner when it throws is closed. */
    private void serve(Member member, Event event) {
        int begin = accepted.begin();
        try {
            switch (event) {
                case READ -> member.serveRead();
                case WRITE -> member.dispatcher.handleWriteEvent();
                case URGENT -> member.dispatcher.handleExptEvent();
            }
            accepted.end(begin);
        } catch (Exception | Error e) {
            accepted.endFailed(begin, e);
            Failures.handle(member.dispatcher, e);
        }
    }

    /** A registration ended. Some pollers really close a channel only in the poll after that. */
    void cancelled() {
        cancelled = true;
    }

    /** Lets channels be closed that wait for a poll, where no turn is under way that makes one. */
    void flush() throws IOException {
        if (cancelled && depth == 0) {
            cancelled = false;
            poller.flush();
        }
    }

    /** What is ready will be found again: by asking, or by the poller, which reports it as long as it is so. */
    private void forgetReady() {
        forget(reads);
        forget(writes);
        forget(urgents);
    }

    private void forget(ReadySet ready) {
        for (int slot = ready.take(); slot >= 0; slot = ready.take()) {
            Member member = members.at(slot);
            if (member != null) {
                changed(member);
            }
        }
    }

    /** Closes the dispatchers, asyncore's {@code close_all}. */
    void closeAll(boolean ignoreAll) throws IOException {
        depth++; // one flush for all
        try {
            List<Dispatcher> all = List.copyOf(members);
            for (Dispatcher dispatcher : all) {
                close(dispatcher, ignoreAll);
            }
            all.forEach(loop::remove);
        } finally {
            depth--;
        }
        flush();
    }

    private static void close(Dispatcher dispatcher, boolean ignoreAll) {
        try {
            dispatcher.close();
        } catch (ClosedChannelException e) {
            ReactorLoop.LOG.trace("{} was closed already", dispatcher, e);
        } catch (Exception | Error e) {
            Failures.throwIfLeavesLoop(e);
            if (!ignoreAll) {
                throw unchecked(dispatcher, e);
            }
            ReactorLoop.LOG.debug("{} failed to close", dispatcher, e);
        }
    }

    private static RuntimeException unchecked(Dispatcher dispatcher, Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException e
                ? e
                : new UncheckedIOException("cannot close " + dispatcher, (IOException) failure);
    }

    /**
     * Closes the dispatchers for the end of the loop: all of them, whatever one of them throws. If a dispatcher's own
     * {@code close} throws, its channel is closed here.
     *
     * @param end keeps what was thrown
     */
    void closeAll(LoopEnd end) {
        depth++;
        for (Dispatcher dispatcher : List.copyOf(members)) {
            Member member = members.of(dispatcher);
            if (member != null) { // else closed by another's close
                if (!end.attempt("{} failed to close", dispatcher, dispatcher::close)) {
                    end.attempt("the channel of {} failed to close", dispatcher, member::close);
                }
                end.attempt("{} failed to leave the loop", dispatcher, member::leave);
            }
        }
        depth--;
    }

    /** Closes what lingers, and the poller. */
    void close() throws IOException {
        lingering.closeAll();
        cancelled = false;
        poller.close();
    }
}
