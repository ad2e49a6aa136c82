// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of a dispatcher whose channel was closed directly: it is notified, leaves the loop, and disturbs no other
 * dispatcher.
 */
@Timeout(120)
public abstract class DirectCloseContract {
    private static final Duration MOMENT = Duration.ofMillis(50);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<Throwable> errors = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected DirectCloseContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    /** A dispatcher with a given interest, which does not leave the loop by itself. */
    private final class Wanting extends SocketDispatcher {
        private final boolean readable;
        private final boolean writable;

        Wanting(StreamChannel channel, boolean readable, boolean writable) {
            super(DirectCloseContract.this.loop(), channel);
            this.readable = readable;
            this.writable = writable;
        }

        @Override
        public boolean readable() {
            return readable;
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void handleWrite() throws IOException {
            send(new byte[1]);
        }

        @Override
        public void handleClose() {
            errors.add(new ClosedChannelException()); // a send over the closed channel calls handleClose
        }

        @Override
        public void handleError(Throwable cause) {
            errors.add(cause);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EVERY_TURN, true, false",
        "EVERY_TURN, false, true",
        "EVERY_TURN, true, true",
        "EVERY_TURN, false, false",
        "ON_CHANGE, true, false",
        "ON_CHANGE, true, true"
    })
    void dispatcherIsNotifiedOfItsClosedChannelAndLeaves(InterestPolicy policy, boolean readable, boolean writable)
            throws IOException {
        fixture.reopen(policy);
        LoopConnection closed = fixture.connection();
        LoopConnection healthy = fixture.connection();
        new Wanting(closed.channel(), readable, writable);
        new EchoingDispatcher(loop(), healthy.channel());
        loop().run(MOMENT, 2);
        closed.channel().close();
        loop().run(MOMENT, 3);
        assertFalse(errors.isEmpty());
        errors.forEach(error -> assertInstanceOf(ClosedChannelException.class, error));
        assertEquals(1, loop().dispatchers().size());
        healthy.send("x");
        loop().run(Duration.ofSeconds(30), 1);
        assertEquals("x", healthy.receive(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dispatcherOverALayerIsNotifiedOfTheCloseAndLeaves(boolean below) throws IOException {
        LoopConnection closed = fixture.connection();
        ToyLayer layer = new ToyLayer(closed.channel());
        new Wanting(layer, true, false);
        loop().run(MOMENT, 2);
        if (below) {
            closed.channel().close();
        } else {
            layer.close();
        }
        loop().run(MOMENT, 3);
        assertInstanceOf(ClosedChannelException.class, errors.get(0));
        assertTrue(loop().dispatchers().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(InterestPolicy.class)
    void listenerWithClosedChannelGetsHandleError(InterestPolicy policy) throws IOException {
        fixture.reopen(policy);
        var server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketDispatcher listener = new SocketDispatcher(loop()) {
            @Override
            public void handleError(Throwable cause) {
                errors.add(cause);
                super.handleError(cause);
            }
        };
        listener.setSocket(server);
        loop().run(MOMENT, 2);
        server.close();
        loop().run();
        assertInstanceOf(ClosedChannelException.class, errors.get(0));
        assertEquals(1, errors.size());
    }

    @Test
    void messageOfClosedChannelNamesItsDispatcher() throws IOException {
        LoopConnection connection = fixture.connection();
        new Wanting(connection.channel(), true, false);
        loop().run(MOMENT, 1);
        connection.channel().close();
        loop().run(MOMENT, 1);
        @Nullable String message = errors.get(0).getMessage();
        assertTrue(String.valueOf(message).contains("Wanting"), String.valueOf(message));
    }
}
