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

/** Who does the long computations of a handshake. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.Ground#all")
final class TasksTest {
    private final Loop loop;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final AtomicReference<Thread> chooser = new AtomicReference<>();

    TasksTest(Ground ground) {
        loop = ground.open();
    }

    @AfterEach
    void close() {
        loop.close();
        executor.shutdownNow();
    }

    private Listener listener(SSLContext context) throws Exception {
        return new Listener(loop, channel -> {
            TlsChannel tls = TlsChannel.server(channel, context);
            Talker talker = new Talker(loop, tls);
            tls.runTasksOn(executor, talker);
            return talker;
        });
    }

    private void hello(Listener listener, Talker client) throws Exception {
        client.send("hello".getBytes(US_ASCII));
        Until.holds(
                loop,
                () -> !listener.talkers.isEmpty()
                        && listener.talkers.get(0).text().equals("hello"));
    }

    @Test
    void loopsThreadDoesThemUnlessToldOtherwise() throws Exception {
        Listener listener = Ends.listener(loop, Asked.context("localhost", () -> chooser.set(Thread.currentThread())));
        hello(listener, Ends.client(loop, listener, Ends.LOCALHOST));
        assertSame(Thread.currentThread(), chooser.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void otherThreadsDoThemForServers(String protocol) throws Exception {
        Listener listener = listener(Asked.context("localhost", () -> chooser.set(Thread.currentThread())));
        hello(listener, Ends.client(loop, listener, Ends.LOCALHOST, protocol));
        assertNotSame(Thread.currentThread(), Objects.requireNonNull(chooser.get()));
    }

    @Test
    void otherThreadsDoThemForClients() throws Exception {
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        Talker client = new Talker(loop);
        client.createSocket();
        TlsChannel tls = TlsChannel.client(client.channel(), Ends.LOCALHOST, "localhost", listener.port());
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
    void loopServesOthersMeanwhileAndDoesNotSpin() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allowed = new CountDownLatch(1);
        Listener slow = listener(Asked.context("localhost", () -> {
            begun.countDown();
            await(allowed);
        }));
        Talker waiting = Ends.client(loop, slow, Ends.LOCALHOST);
        Until.holds(loop, () -> begun.getCount() == 0);
        Listener quick = Ends.listener(loop, Ends.LOCALHOST);
        hello(quick, Ends.client(loop, quick, Ends.LOCALHOST));
        int turns = Until.turns(loop, Duration.ofMillis(300));
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
    void whatFailsElsewhereIsToldAsEver() throws Exception {
        Listener listener = listener(Certificates.context());
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST);
        Until.holds(loop, () -> client.error != null);
        Until.holds(loop, () -> listener.talkers.get(0).error != null);
        assertInstanceOf(SSLHandshakeException.class, client.error);
        assertInstanceOf(SSLHandshakeException.class, listener.talkers.get(0).error);
    }

    @Test
    void connectionMayBeClosedMeanwhile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allowed = new CountDownLatch(1);
        Listener listener = listener(Asked.context("localhost", () -> {
            begun.countDown();
            await(allowed);
        }));
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST);
        Until.holds(loop, () -> begun.getCount() == 0);
        listener.talkers.get(0).close();
        Until.holds(loop, () -> client.error != null);
        allowed.countDown();
        executor.submit(() -> {}).get();
        loop.runOnce(Duration.ZERO);
        assertEquals("[]", listener.talkers.get(0).hooks.toString());
    }

    @Test
    void executorThatRefusesIsAnError() throws Exception {
        executor.shutdown();
        Listener listener = listener(Ends.LOCALHOST);
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST);
        Until.holds(loop, () -> !listener.talkers.isEmpty() && listener.talkers.get(0).error != null);
        Until.holds(loop, () -> client.error != null);
    }
}
