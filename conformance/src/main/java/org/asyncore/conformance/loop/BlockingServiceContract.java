// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.blocking.BlockingConnection;
import org.asyncore.blocking.BlockingHandler;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Loopback;
import org.asyncore.conformance.loop.BlockingFixture.Blocked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Contract of {@link BlockingConnection#serve}: handlers, their failures, and the end of their loop. */
@Timeout(120)
public abstract class BlockingServiceContract {
    private static final Duration LONG = Duration.ofMinutes(10); // no test waits for its end
    private static final int MEGABYTES = 8 << 20; // more than sockets buffer

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final Logger logger = (Logger) LoggerFactory.getLogger(BlockingConnection.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private BlockingFixture running;
    private LoopConnection raw;
    private String peer;

    /** Makes the contract, for the tests of a backend. */
    protected BlockingServiceContract() {}

    @BeforeEach
    void connect() throws IOException {
        raw = fixture.connection();
        peer = String.valueOf(raw.peer().getLocalAddress());
        running = new BlockingFixture(fixture.loop());
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void end() throws Exception {
        running.end();
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    private static void newThread(Runnable task) {
        Thread thread = new Thread(task, "handler");
        thread.setDaemon(true);
        thread.start();
    }

    private BlockingConnection serve(Executor executor, BlockingHandler handler) throws Exception {
        return running.inLoop(() -> BlockingConnection.serve(fixture.loop(), raw.channel(), executor, handler));
    }

    private BlockingConnection serve(BlockingHandler handler) throws Exception {
        return serve(BlockingServiceContract::newThread, handler);
    }

    private static void echo(BlockingConnection connection) throws IOException {
        connection.inputStream().transferTo(connection.outputStream());
    }

    /** Reads at the peer until the connection has been closed. */
    private String restAtPeer() throws IOException {
        return new String(Channels.newInputStream(raw.peer()).readAllBytes(), US_ASCII);
    }

    /** Waits for the only line that was logged. */
    private ILoggingEvent line() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (logged.list.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        assertEquals(1, logged.list.size(), logged.list::toString);
        return logged.list.get(0);
    }

    private void assertLogged(Level level, String text) throws Exception {
        ILoggingEvent line = line();
        assertEquals(level, line.getLevel());
        assertTrue(line.getFormattedMessage().contains(text), line::getFormattedMessage);
        assertTrue(line.getFormattedMessage().contains(peer), line::getFormattedMessage);
    }

    // Handlers.

    @Test
    void handlerRunsOnAThreadOfTheExecutorAndItsEndClosesTheConnection() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        serve(connection -> {
            name.complete(Thread.currentThread().getName());
            connection.outputStream().write("hello".getBytes(US_ASCII));
        });
        assertEquals("hello", restAtPeer());
        assertEquals("handler", name.get(60, TimeUnit.SECONDS));
        assertTrue(logged.list.isEmpty(), logged.list::toString);
    }

    @Test
    void virtualThreadsServeConnections() throws Exception {
        ExecutorService virtual;
        try {
            virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            Assumptions.abort("this JDK has no virtual threads");
            return;
        }
        CompletableFuture<String> thread = new CompletableFuture<>();
        serve(virtual, connection -> {
            thread.complete(Thread.currentThread().toString());
            echo(connection);
        });
        raw.send("hello");
        assertEquals("hello", raw.receive(5));
        raw.peer().shutdownOutput();
        assertEquals("", restAtPeer());
        assertTrue(thread.get(60, TimeUnit.SECONDS).startsWith("VirtualThread["), thread::toString);
        virtual.shutdown();
        assertTrue(virtual.awaitTermination(60, TimeUnit.SECONDS));
    }

    @Test
    void connectedDispatcherHandsItsConnectionOver() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(Loopback.v4());
            running.inLoop(() -> new SocketDispatcher(fixture.loop()) {
                {
                    createSocket();
                    connect(server.getLocalAddress());
                }

                @Override
                public boolean readable() {
                    return false;
                }

                @Override
                public void handleConnect() {}

                @Override
                public void handleWrite() {
                    delChannel();
                    BlockingConnection.serve(
                            loop(), stream(), BlockingServiceContract::newThread, BlockingServiceContract::echo);
                }
            });
            try (SocketChannel accepted = server.accept()) {
                LoopConnection connected = new LoopConnection(raw.channel(), accepted);
                connected.send("hello");
                assertEquals("hello", connected.receive(5));
            }
        }
    }

    @Test
    void unconnectedChannelIsRefused() throws Exception {
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        IllegalArgumentException e = running.inLoop(() ->
                assertThrows(IllegalArgumentException.class, () -> new BlockingConnection(fixture.loop(), channel)));
        assertTrue(String.valueOf(e.getMessage()).contains("not connected"), e::toString);
        assertTrue(channel.isOpen());
    }

    // Failures.

    @Test
    void exceptionOfAHandlerIsLoggedWithThePeersAddressAndClosesTheConnection() throws Exception {
        serve(connection -> {
            throw new AssertionError("by the test");
        });
        assertEquals("", restAtPeer());
        assertLogged(Level.ERROR, "has failed");
        assertEquals("by the test", line().getThrowableProxy().getMessage());
    }

    @Test
    void resetThatAHandlerDoesNotCatchIsOneLineAtInfo() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        serve(connection -> {
            reading.countDown();
            connection.inputStream().read();
        });
        assertTrue(reading.await(60, TimeUnit.SECONDS));
        raw.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        raw.peer().close();
        assertLogged(Level.INFO, "the connection is lost");
        assertFalse(line().getThrowableProxy() != null);
    }

    @Test
    void connectionIsClosedWithAWarningIfTheExecutorRejectsItsHandler() throws Exception {
        Executor full = task -> {
            throw new RejectedExecutionException("by the test");
        };
        serve(full, BlockingServiceContract::echo);
        assertEquals("", restAtPeer());
        assertLogged(Level.WARN, "by the test");
    }

    @Test
    void handlerOnTheThreadOfTheLoopFailsInsteadOfBlocking() throws Exception {
        serve(Runnable::run, BlockingServiceContract::echo);
        assertEquals("", restAtPeer());
        assertLogged(Level.ERROR, "has failed");
    }

    // The end of the loop.

    @Test
    void shutdownOfTheLoopEndsTheInputAndLetsTheHandlerFinish() throws Exception {
        CompletableFuture<Boolean> shuttingDown = new CompletableFuture<>();
        CountDownLatch mayFinish = new CountDownLatch(1);
        serve(connection -> {
            echo(connection);
            shuttingDown.complete(connection.isShuttingDown());
            OtherThread.await(mayFinish);
            connection.outputStream().write("bye".getBytes(US_ASCII));
        });
        raw.send("hello");
        assertEquals("hello", raw.receive(5));
        fixture.loop().shutdown(LONG);
        assertTrue(shuttingDown.get(60, TimeUnit.SECONDS));
        mayFinish.countDown();
        assertEquals("bye", restAtPeer());
        running.awaitEnd();
    }

    @Test
    void handlerThatChangesTheActionReadsOnDuringAShutdown() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch serving = new CountDownLatch(1);
        serve(connection -> {
            connection.onShutdown(asked::countDown);
            serving.countDown();
            echo(connection);
        });
        assertTrue(serving.await(60, TimeUnit.SECONDS));
        fixture.loop().shutdown(LONG);
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        raw.send("hello");
        assertEquals("hello", raw.receive(5));
        raw.peer().shutdownOutput();
        assertEquals("", restAtPeer());
        running.awaitEnd();
    }

    @Test
    void endOfTheTimeOfGraceEndsAWaitingReadWithASentence() throws Exception {
        BlockingConnection connection = running.take(raw.channel());
        connection.onShutdown(() -> {});
        Blocked<Integer> reader = BlockingFixture.block(connection.inputStream()::read);
        try (LoopWarnings warnings = new LoopWarnings()) {
            fixture.loop().shutdown(Duration.ofMillis(1));
            IOException e = assertThrows(IOException.class, reader::get);
            assertTrue(String.valueOf(e.getMessage()).contains("let the handler finish before"), e::toString);
            running.awaitEnd();
            assertTrue(warnings.texts().get(0).contains("BlockingConnection["), warnings.texts()::toString);
        }
    }

    @Test
    void closeOfTheLoopEndsAWaitingReadAndAWaitingWrite() throws Exception {
        BlockingConnection connection = running.take(raw.channel());
        Blocked<Integer> reader = BlockingFixture.block(connection.inputStream()::read);
        Blocked<Boolean> writer = BlockingFixture.block(() -> {
            connection.outputStream().write(new byte[MEGABYTES]);
            return true;
        });
        running.end();
        Loop loop = fixture.loop();
        loop.close();
        for (Blocked<?> blocked : new Blocked<?>[] {reader, writer}) {
            IOException e = assertThrows(IOException.class, blocked::get);
            assertTrue(String.valueOf(e.getMessage()).contains("let the handler finish before"), e::toString);
            assertTrue(String.valueOf(e.getMessage()).contains(peer), e::toString);
        }
    }

    @Test
    void bytesThatThePeerDoesNotReceiveAfterACloseAreLostWithAWarning() throws Exception {
        BlockingConnection connection = running.take(new DeafChannel(raw.channel()));
        connection.setLingerTimeout(Duration.ofMillis(1));
        connection.outputStream().write("bye".getBytes(US_ASCII));
        connection.close();
        assertLogged(Level.WARN, "; 3 bytes were not sent");
    }

    @Test
    void bytesThatAreLostWithTheConnectionAfterACloseAreOneLineAtInfo() throws Exception {
        BlockingConnection connection = running.take(new DeafChannel(raw.channel()));
        connection.outputStream().write("bye".getBytes(US_ASCII));
        connection.close();
        raw.peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        raw.peer().close();
        assertLogged(Level.INFO, "; 3 bytes were not sent");
    }

    @Test
    void closeWithoutTimeToLingerSendsWhatTheSystemTakesAtOnce() throws Exception {
        BlockingConnection connection = running.take(raw.channel());
        connection.setLingerTimeout(Duration.ZERO);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        fixture.loop().execute(() -> OtherThread.await(mayGoOn));
        connection.outputStream().write("bye".getBytes(US_ASCII));
        connection.close();
        mayGoOn.countDown();
        assertEquals("bye", restAtPeer());
        assertTrue(logged.list.isEmpty(), logged.list::toString);
    }
}
