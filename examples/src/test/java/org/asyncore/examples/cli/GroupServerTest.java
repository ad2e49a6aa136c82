// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests {@link GroupServer} with services that fail. */
@Timeout(120)
final class GroupServerTest {
    private static GroupServer server(int loops, ListenOptions.ServiceOpener opener) {
        return new GroupServer(LoopGroup.open(loops), new ListenOptions(), 100, opener);
    }

    private static Socket connect(String address) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    @Test
    void serverEndsWithAnErrorIfTheLoopThatAcceptsFails() throws Exception {
        try (GroupServer server = server(2, loop -> (own, channel) -> {
            throw new InternalError("by the test");
        })) {
            Socket client = connect(server.open());
            try (client) {
                IOException e = assertThrows(IOException.class, server::run);
                assertEquals("no loop is left that accepts connections; the log tells why", e.getMessage());
            }
        }
    }

    @Test
    void servicesOfAllLoopsAreClosedIfTheLastOneCannotBeOpened() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        GroupServer server = server(3, new ListenOptions.ServiceOpener() {
            private int opened;

            @Override
            public Listener.Service open(Loop loop) throws IOException {
                if (++opened == 3) {
                    throw new IOException("by the test");
                }
                return counting(closed);
            }
        });
        try (server) {
            assertThrows(IOException.class, server::open);
        }
        assertEquals(2, closed.get());
    }

    private static Listener.Service counting(AtomicInteger closed) {
        return new Listener.Service() {
            @Override
            public void serve(Loop loop, StreamChannel channel) {}

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
