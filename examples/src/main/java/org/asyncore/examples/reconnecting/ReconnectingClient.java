// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.reconnecting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.asyncore.Loop;
import org.asyncore.TimeLimit;
import org.asyncore.TimerHandle;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.examples.cli.HostPort;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;

/**
 * Sends a numbered line in each period, and passes the lines of the server on. When the connection is lost or cannot be
 * established, it connects again after a delay. What was not sent before the loss is dropped.
 */
final class ReconnectingClient extends ChatDispatcher {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int LINE_BYTES = 64 * 1024;

    private final HostPort server;
    private final BackOff backOff;
    private final Duration lasting; // a connection that lasts so long ends a series of failures
    private final Consumer<String> lines;
    private long ticks;
    private @Nullable TimerHandle timer; // of the next attempt, or until the connection has lasted

    /** Begins to connect. */
    ReconnectingClient(Loop loop, HostPort server, BackOff backOff, Duration lasting, Consumer<String> lines) {
        super(loop);
        this.server = server;
        this.backOff = backOff;
        this.lasting = lasting;
        this.lines = lines;
        setTerminator("\n");
        setItemLimit(LINE_BYTES);
        connectToServer();
    }

    private void connectToServer() {
        try {
            connect(server.host(), server.port());
            setTimeLimit(TimeLimit.CONNECT, CONNECT_LIMIT);
        } catch (IOException e) {
            handleError(e);
        }
    }

    /** Sends the next line, if there is a connection. */
    void tick() throws IOException {
        ticks++;
        if (connected()) {
            push("tick " + ticks + "\n");
        }
    }

    @Override
    public void handleConnect() {
        log().info("connected to {}", remoteAddress());
        timer = loop().schedule(lasting, backOff::reset);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        collect(data);
    }

    @Override
    public void foundTerminator() {
        lines.accept(new String(takeCollected(), StandardCharsets.UTF_8).stripTrailing());
    }

    /** Called at the end of the stream, and when the connection is lost or takes too long to be established. */
    @Override
    public void handleClose() {
        connectLater("the connection has ended");
    }

    @Override
    public void handleError(Throwable cause) {
        connectLater(ErrorMessages.of(cause));
    }

    private void connectLater(String reason) {
        close();
        discardBuffers(); // half a line of the last connection
        Duration delay = backOff.afterFailure();
        log().info("{}; connecting again in {} ms", reason, delay.toMillis());
        timer = loop().schedule(delay, this::connectToServer);
    }

    /** Ends the connection and all further attempts. */
    @Override
    public void handleShutdown() {
        close();
    }

    @Override
    public void close() {
        super.close();
        if (timer != null) {
            timer.cancel();
        }
    }
}
