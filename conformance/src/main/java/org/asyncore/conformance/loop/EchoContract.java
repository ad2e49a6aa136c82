// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract that echoing a message leaves no garbage. */
@Timeout(120)
public abstract class EchoContract {
    private static final int WARM_UP = 10_000;
    private static final int MESSAGES = 10_000;
    private static final int MESSAGE_BYTES = 64;
    private static final long ALLOWED_BYTES = MESSAGES; // in all; one object for each message would be 16 times this
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES).put(MESSAGE_BYTES - 1, (byte) '\n');

    /** Makes the contract, for the tests of a backend. */
    protected EchoContract() {}

    /** Echoes in {@code handleRead}, from the loop's buffer. */
    private static final class Direct extends SocketDispatcher {
        Direct(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer buffer = readBuffer();
            recv(buffer);
            send(buffer.flip());
        }
    }

    /** Keeps its input and sends it in {@code handleWrite}, as asyncore's programs do. */
    private static final class Deferred extends SocketDispatcher {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1024);

        Deferred(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return buffer.position() > 0;
        }

        @Override
        public void handleRead() throws IOException {
            recv(buffer);
        }

        @Override
        public void handleWrite() throws IOException {
            send(buffer.flip());
            buffer.compact();
        }
    }

    /** Echoes each line. */
    private static final class Lines extends ChatDispatcher {
        private final ByteBuffer end = ByteBuffer.wrap(new byte[] {'\n'});

        Lines(Loop loop, StreamChannel channel, boolean gathering) throws IOException {
            super(loop, channel);
            setOption(
                    StandardSocketOptions.TCP_NODELAY, true); // otherwise the second send waits for the first one's ACK
            setTerminator("\n");
            setGathering(gathering);
        }

        @Override
        public void collectIncomingData(ByteBuffer data) throws IOException {
            push(data);
        }

        @Override
        public void foundTerminator() throws IOException {
            push(end.clear());
        }
    }

    /** Makes a dispatcher over a channel. */
    private interface Factory {
        SocketDispatcher over(Loop loop, StreamChannel channel) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void echoWithinOneHookLeavesNoGarbage(InterestPolicy policy) throws IOException {
        measure(policy, Direct::new, 1);
    }

    @ParameterizedTest
    @EnumSource
    void echoByReadingAndWritingLeavesNoGarbage(InterestPolicy policy) throws IOException {
        measure(policy, Deferred::new, 2);
    }

    @ParameterizedTest
    @EnumSource
    void lineEchoLeavesNoGarbage(InterestPolicy policy) throws IOException {
        measure(policy, (loop, channel) -> new Lines(loop, channel, false), 1);
    }

    @ParameterizedTest
    @EnumSource
    void lineEchoThatGathersLeavesNoGarbage(InterestPolicy policy) throws IOException {
        measure(policy, (loop, channel) -> new Lines(loop, channel, true), 1);
    }

    private void measure(InterestPolicy policy, Factory factory, int turns) throws IOException {
        LoopConnection connection = fixture.connection();
        try (Loop loop = fixture.builder().interestPolicy(policy).open()) {
            factory.over(loop, connection.channel());
            echo(loop, connection.peer(), turns, WARM_UP);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            echo(loop, connection.peer(), turns, MESSAGES);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertTrue(allocated <= ALLOWED_BYTES, () -> allocated + " bytes for " + MESSAGES + " messages");
        }
    }

    private void echo(Loop loop, SocketChannel client, int turns, int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            client.write(message.clear());
            loop.run(TIMEOUT, turns);
            message.clear();
            while (message.hasRemaining()) {
                client.read(message);
            }
        }
    }
}
