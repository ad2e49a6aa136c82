// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.asyncore.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads that run the long computations of a handshake. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class DelegatedTasksTest {
    private final Loop loop;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final AtomicReference<Thread> chooser = new AtomicReference<>();

    DelegatedTasksTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
        executor.shutdownNow();
    }

    private TestListener listener(SSLContext context) throws Exception {
        return new TestListener(loop, channel -> {
            TlsChannel tls = TlsChannel.server(channel, context);
            RecordingDispatcher dispatcher = new RecordingDispatcher(loop, tls);
            tls.runTasksOn(executor, dispatcher);
            return dispatcher;
        });
    }

    private void hello(TestListener listener, RecordingDispatcher client) throws Exception {
        client.send("hello".getBytes(US_ASCII));
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).text().equals("hello"));
    }

    @Test
    void tasksRunOnTheLoopsThreadByDefault() throws Exception {
        TestListener listener = TestPeers.listener(
                loop, CallbackKeyManager.context("localhost", () -> chooser.set(Thread.currentThread())));
        hello(listener, TestPeers.client(loop, listener, TestPeers.LOCALHOST));
        assertSame(Thread.currentThread(), chooser.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tasksOfAServerRunOnItsExecutor(String protocol) throws Exception {
        TestListener listener =
                listener(CallbackKeyManager.context("localhost", () -> chooser.set(Thread.currentThread())));
        hello(listener, TestPeers.client(loop, listener, TestPeers.LOCALHOST, protocol));
        assertNotSame(Thread.currentThread(), Objects.requireNonNull(chooser.get()));
    }

    @Test
    void tasksOfAClientRunOnItsExecutor() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        TlsChannel tls = TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", listener.port());
        client.setSocket(tls);
        AtomicReference<Thread> runner = new AtomicReference<>();
        tls.runTasksOn(
                task -> executor.execute(() -> {
                    runner.set(Thread.currentThread());
                    task.run();
                }),
                client);
        client.connect(listener.at());
        hello(listener, client);
        assertNotEquals(null, runner.get());
    }

    @Test
    void loopServesOthersWhileTasksRunAndDoesNotSpin() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allowed = new CountDownLatch(1);
        TestListener slow = listener(CallbackKeyManager.context("localhost", () -> {
            begun.countDown();
            await(allowed);
        }));
        RecordingDispatcher waiting = TestPeers.client(loop, slow, TestPeers.LOCALHOST);
        LoopAwait.until(loop, () -> begun.getCount() == 0);
        TestListener quick = TestPeers.listener(loop, TestPeers.LOCALHOST);
        hello(quick, TestPeers.client(loop, quick, TestPeers.LOCALHOST));
        int turns = LoopAwait.turns(loop, Duration.ofMillis(300));
        assertTrue(turns < 10, () -> turns + " turns");
        assertEquals("[]", waiting.hooks.toString());
        allowed.countDown();
        hello(slow, waiting);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failureOnTheExecutorIsAnErrorOnBothSides() throws Exception {
        TestListener listener = listener(Certificates.context());
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        LoopAwait.until(loop, () -> client.error != null);
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).error != null);
        assertInstanceOf(SSLHandshakeException.class, client.error);
        assertInstanceOf(SSLHandshakeException.class, listener.dispatchers.get(0).error);
    }

    @Test
    void connectionCanBeClosedWhileTasksRun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allowed = new CountDownLatch(1);
        TestListener listener = listener(CallbackKeyManager.context("localhost", () -> {
            begun.countDown();
            await(allowed);
        }));
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        LoopAwait.until(loop, () -> begun.getCount() == 0);
        listener.dispatchers.get(0).close();
        LoopAwait.until(loop, () -> client.error != null);
        allowed.countDown();
        executor.submit(() -> {}).get();
        loop.runOnce(Duration.ZERO);
        assertEquals("[]", listener.dispatchers.get(0).hooks.toString());
    }

    @Test
    void executorThatRejectsTasksIsAnError() throws Exception {
        executor.shutdown();
        TestListener listener = listener(TestPeers.LOCALHOST);
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        LoopAwait.until(loop, () -> !listener.dispatchers.isEmpty() && listener.dispatchers.get(0).error != null);
        LoopAwait.until(loop, () -> client.error != null);
    }
}
