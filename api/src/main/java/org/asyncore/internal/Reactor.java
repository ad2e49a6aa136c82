// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import org.asyncore.Dispatcher;
import org.asyncore.ExitNow;
import org.asyncore.InterestPolicy;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** The part of a turn that is about dispatchers: ask them, wait for them, serve them. */
final class Reactor {
    final ReactorLoop loop;
    final Poller poller;
    final Members members = new Members();
    final ReadySet reads = new ReadySet();
    final ReadySet writes = new ReadySet();
    final ReadySet urgents = new ReadySet();
    final Lingering lingering = new Lingering(this);
    final Advice advice;

    private final boolean asksEveryTurn;
    private @Nullable Member[] toAsk = new Member[64]; // unless it asks all on every turn
    private int toAskCount;
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
        member.joined();
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
            if (toAskCount == toAsk.length) {
                toAsk = Arrays.copyOf(toAsk, 2 * toAskCount);
            }
            toAsk[toAskCount++] = member;
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

    /** Who is to be asked stays so if an answer throws, and who is added by an answer is asked in the next turn. */
    private void askChanged() {
        int asked = 0;
        try {
            for (int end = toAskCount; asked < end; asked++) {
                Member member = toAsk[asked];
                assert member != null;
                if (member.isMember()) {
                    member.ask();
                }
                member.toAsk = false;
            }
        } finally {
            int left = toAskCount - asked;
            System.arraycopy(toAsk, asked, toAsk, 0, left);
            Arrays.fill(toAsk, left, toAskCount, null);
            toAskCount = left;
        }
    }

    /** Whether waiting would be wrong: something is ready, or has still to be asked. */
    boolean isReady() {
        return knownReady() >= 0 || toAskCount > 0;
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

    private static void serve(Member member, Event event) {
        try {
            switch (event) {
                case READ -> member.serveRead();
                case WRITE -> member.dispatcher.handleWriteEvent();
                case URGENT -> member.dispatcher.handleExptEvent();
            }
        } catch (Exception e) {
            handleError(member.dispatcher, e);
        }
    }

    static void handleError(Dispatcher dispatcher, Exception cause) {
        if (cause instanceof ExitNow exit) {
            throw exit;
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // an interrupt is kept: it stops the loop
        }
        dispatcher.handleError(cause);
    }

    /** A registration ended. Some pollers really close a channel only in the poll after that. */
    void cancelled() {
        cancelled = true;
    }

    /** Lets channels be closed that wait for a poll, where no turn is under way that makes one. */
    void flush() throws IOException {
        if (cancelled && depth == 0) {
            poll(0);
            forgetReady();
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

    void closeAll(boolean ignoreAll) throws IOException {
        depth++; // one flush for all
        try {
            close(List.copyOf(members), ignoreAll);
        } finally {
            depth--;
        }
        flush();
    }

    private void close(List<Dispatcher> all, boolean ignoreAll) {
        for (Dispatcher dispatcher : all) {
            try {
                dispatcher.close();
            } catch (ClosedChannelException e) {
                ReactorLoop.LOG.trace("{} was closed already", dispatcher, e);
            } catch (ExitNow e) {
                throw e;
            } catch (IOException e) {
                failedToClose(dispatcher, new UncheckedIOException("cannot close " + dispatcher, e), ignoreAll);
            } catch (RuntimeException e) {
                failedToClose(dispatcher, e, ignoreAll);
            }
        }
        all.forEach(loop::remove);
    }

    /** Closes what lingers, and the poller. */
    void close() throws IOException {
        lingering.closeAll();
        cancelled = false;
        poller.close();
    }

    private static void failedToClose(Dispatcher dispatcher, RuntimeException cause, boolean ignored) {
        if (!ignored) {
            throw cause;
        }
        ReactorLoop.LOG.debug("{} failed to close", dispatcher, cause);
    }
}
