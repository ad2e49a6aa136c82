// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.scripted.LoggedWarnings;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedDispatcher;
import org.asyncore.scripted.ScriptedPoller;
import org.asyncore.scripted.ScriptedServer;
import org.asyncore.scripted.ScriptedStream;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedBackend backend = new ScriptedBackend();
    private final ScriptedPoller poller = backend.poller;
    private final List<String> log = new ArrayList<>();
    private Loop loop = backend.open(InterestPolicy.EVERY_TURN);

    @AfterEach
    void close() {
        loop.close();
    }

    private void reopen(InterestPolicy policy) {
        loop.close();
        loop = backend.open(policy);
    }

    private ScriptedDispatcher join(ScriptedStream channel) {
        ScriptedDispatcher dispatcher = new ScriptedDispatcher(channel.toString(), log);
        loop.add(dispatcher, channel);
        return dispatcher;
    }

    @Test
    void dispatchersAreServedInTheOrderOfJoining() {
        List<ScriptedStream> channels = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            channels.add(new ScriptedStream("d" + i));
            join(channels.get(i));
            expected.add("d" + i + " read");
        }
        poller.then(() -> {
            for (int i = channels.size() - 1; i >= 0; i--) {
                poller.report(channels.get(i), Ops.READ);
            }
        });
        loop.run(SECOND, 1);
        assertEquals(expected, log);
    }

    @Test
    void turnServesReadsThenWritesThenUrgentDataThenTasksThenTimers() {
        ScriptedStream a = new ScriptedStream("a");
        ScriptedStream b = new ScriptedStream("b");
        join(a).onRead = () -> loop.execute(() -> log.add("task"));
        join(b).onRead = () -> loop.schedule(Duration.ZERO, () -> log.add("timer"));
        poller.then(() -> {
            poller.reportUrgent(b);
            poller.report(b, Ops.READ_WRITE);
            poller.reportUrgent(a);
            poller.report(a, Ops.READ_WRITE);
        });
        loop.run(SECOND, 1);
        assertEquals(List.of("a read", "b read", "a write", "b write", "a urgent", "b urgent", "task", "timer"), log);
    }

    @Test
    void dispatcherRemovedByAHookIsNotServedThoughAnotherJoined() {
        ScriptedStream a = new ScriptedStream("a");
        ScriptedStream b = new ScriptedStream("b");
        ScriptedDispatcher first = join(a);
        ScriptedDispatcher second = join(b);
        first.onRead = () -> {
            loop.remove(second);
            join(new ScriptedStream("c"));
        };
        poller.then(() -> {
            poller.report(a, Ops.READ_WRITE);
            poller.report(b, Ops.READ_WRITE);
        });
        loop.run(SECOND, 1);
        assertEquals(List.of("a read", "a write"), log);
    }

    @Test
    void turnDoesNotWaitWhileATaskIsQueued() {
        join(new ScriptedStream("a"));
        loop.execute(() -> log.add("task"));
        loop.run(SECOND, 1);
        assertEquals(List.of(0L), poller.timeouts);
        assertEquals(List.of("task"), log);
    }

    @Test
    void turnDoesNotWaitWhenAskingRemovedTheLastDispatcher() throws IOException {
        ScriptedStream channel = new ScriptedStream("a");
        new WritingDispatcher(channel) {
            @Override
            public boolean readable() {
                close();
                return true;
            }
        };
        loop.run();
        assertEquals(0, poller.now);
    }

    @Test
    void taskQueuedByATaskWaitsForTheNextTurn() {
        Runnable again = () -> {
            log.add("task");
            loop.execute(() -> log.add("next"));
        };
        loop.execute(again);
        loop.run(SECOND, 1);
        assertEquals(List.of("task"), log);
        loop.run(SECOND, 1);
        assertEquals(List.of("task", "next"), log);
    }

    @Test
    void taskThatThrowsAnIOExceptionIsLoggedWithItsClassAndTheNextRuns() {
        loop.execute(() -> {
            throw new FileNotFoundException("no such file");
        });
        loop.execute(() -> log.add("next"));
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            loop.run(SECOND, 1);
            assertEquals(1, warnings.texts().size());
            String text = warnings.texts().get(0);
            assertTrue(text.contains("FileNotFoundException: no such file"), text);
            assertTrue(text.contains(getClass().getSimpleName()), text);
        }
        assertEquals(List.of("next"), log);
    }

    @Test
    void hookIsAtMostSixFramesBelowTheCallerOfRun() {
        ScriptedStream channel = new ScriptedStream("a");
        int[] frames = new int[2];
        new WritingDispatcher(channel) {
            @Override
            public void handleRead() {
                frames[1] = framesOfTheProject();
            }
        };
        frames[0] = framesOfTheProject();
        poller.then(() -> poller.report(channel, Ops.READ));
        loop.run(SECOND, 1);
        assertTrue(frames[1] > frames[0] && frames[1] - frames[0] <= 6, frames[1] + " - " + frames[0]);
    }

    private static int framesOfTheProject() {
        String packageName = Loop.class.getPackageName();
        return StackWalker.getInstance()
                .walk(stack -> (int) stack.filter(frame -> frame.getClassName().startsWith(packageName))
                        .count());
    }

    /** A dispatcher that sends its answer in {@code handleWrite}, as asyncore's programs do. */
    private class WritingDispatcher extends SocketDispatcher {
        final ByteBuffer out = ByteBuffer.allocate(100).limit(0);

        WritingDispatcher(ScriptedStream channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return out.hasRemaining();
        }

        @Override
        public void handleRead() throws IOException {
            recv(readBuffer());
            out.clear();
        }

        @Override
        public void handleWrite() throws IOException {
            log.add("sent " + send(out));
        }
    }

    @Test
    void steadyEchoNeverChangesItsInterest() {
        ScriptedStream channel = new ScriptedStream("a");
        new WritingDispatcher(channel);
        for (int i = 0; i < 100; i++) {
            poller.then(() -> poller.report(channel, Ops.READ));
            poller.then(() -> {}); // a turn to write in
        }
        loop.run(SECOND, 200);
        assertEquals(List.of("a READ"), poller.interests);
        assertEquals(100, log.stream().filter("sent 100"::equals).count());
    }

    @Test
    void writeInterestIsSetAfterAShortSendAndRemovedWhenAllIsSent() {
        ScriptedStream channel = new ScriptedStream("a");
        WritingDispatcher dispatcher = new WritingDispatcher(channel);
        dispatcher.out.clear();
        channel.room = 40;
        loop.run(SECOND, 2);
        assertEquals(List.of("sent 40"), log);
        assertEquals(List.of("a READ", "a READ_WRITE"), poller.interests);
        channel.room = Integer.MAX_VALUE;
        poller.then(() -> poller.report(channel, Ops.WRITE));
        loop.run(SECOND, 2);
        assertEquals(List.of("sent 40", "sent 60"), log);
        assertEquals(List.of("a READ", "a READ_WRITE", "a READ"), poller.interests);
    }

    @Test
    void onChangeAsksOnlyActiveDispatchers() {
        reopen(InterestPolicy.ON_CHANGE);
        ScriptedStream a = new ScriptedStream("a");
        ScriptedDispatcher first = join(a);
        ScriptedDispatcher second = join(new ScriptedStream("b"));
        first.logsAsking = true;
        second.logsAsking = true;
        loop.run(SECOND, 2);
        assertEquals(List.of("a asked", "b asked"), log);
        log.clear();
        poller.then(() -> poller.report(a, Ops.READ));
        loop.run(SECOND, 2);
        assertEquals(List.of("a read", "a asked"), log);
        log.clear();
        loop.refresh(second);
        loop.run(SECOND, 1);
        assertEquals(List.of("b asked"), log);
    }

    @Test
    void listenerWithoutDescriptorsRestsForASecondAndWarnsOnce() {
        ScriptedServer server = new ScriptedServer();
        SocketDispatcher listener = new SocketDispatcher(loop) {};
        listener.setSocket(server);
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            for (int round = 0; round < 2; round++) {
                poller.then(() -> poller.report(server, Ops.READ));
                loop.run(Duration.ofMillis(300), 1);
                loop.run(Duration.ofMillis(300), 3);
                assertEquals("listener NONE", poller.interests.get(poller.interests.size() - 1));
                loop.run(Duration.ofMillis(300), 2);
                assertEquals("listener READ", poller.interests.get(poller.interests.size() - 1));
            }
            assertEquals(1, warnings.texts().size());
            assertTrue(warnings.texts().get(0).contains("rests for PT1S"), warnings.texts()::toString);
        }
        assertTrue(listener.accepting());
    }

    @Test
    void listenerWarnsAgainWhenItHasAcceptedMeanwhile() {
        ScriptedServer server = new ScriptedServer();
        new SocketDispatcher(loop) {
            @Override
            public void handleAccept() throws IOException {
                accept();
            }
        }.setSocket(server);
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            for (int series = 1; series <= 2; series++) {
                server.exhausted = true;
                accept(server);
                accept(server);
                assertEquals(series, warnings.texts().size());
                server.exhausted = false;
                accept(server);
            }
        }
    }

    private void accept(ScriptedServer server) {
        poller.then(() -> poller.report(server, Ops.READ));
        loop.run(SECOND, 1);
        loop.run(SECOND, 1); // ends a rest
    }

    @Test
    void exceptionOfHandleExptIsPassedToHandleErrorAndExitNowLeavesRun() {
        ScriptedStream stream = new ScriptedStream("a");
        Throwable[] thrown = {new IOException("by the test"), new ExitNow()};
        List<Throwable> errors = new ArrayList<>();
        int[] calls = new int[1];
        new SocketDispatcher(loop, stream) {
            @Override
            public boolean writable() {
                return false;
            }

            @Override
            public void handleExpt() throws IOException {
                Throwable next = thrown[calls[0]++];
                if (next instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) next;
            }

            @Override
            public void handleError(Throwable cause) {
                errors.add(cause);
            }
        };
        poller.then(() -> poller.reportUrgent(stream));
        poller.then(() -> poller.reportUrgent(stream));
        loop.run(SECOND, 1);
        assertEquals(List.of(thrown[0]), errors);
        assertThrows(ExitNow.class, () -> loop.run(SECOND, 1));
        assertEquals(1, errors.size());
    }

    @Test
    void negativeTimeoutsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> loop.run(Duration.ofMillis(-1), 1));
        assertThrows(IllegalArgumentException.class, () -> Loop.builder().busyPoll(Duration.ofMillis(-1)));
    }

    @Test
    void unknownPollerIsRefusedWithTheAvailableOnes() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Loop.open("iocp"));
        assertEquals("no poller is called 'iocp'. The class path has none.", e.getMessage());
        e = assertThrows(IllegalStateException.class, Loop::open);
        assertTrue(e.getMessage().startsWith("no poller is available; add asyncore-backend-nio"), e::toString);
    }
}
