// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what docs/loop.md says about a loop. {@link ShownCodeTest} compiles its code. */
@Timeout(60)
final class LoopPageTest {
    @Test
    void pageShowsTheTextOfALoop() throws IOException {
        try (Loop loop = Loop.open("nio")) {
            listen(loop);
            loop.schedule(Duration.ofHours(1), () -> {});
            loop.scheduleEvery(Duration.ofHours(1), () -> {});
            assertTrue(Pages.read("docs/loop.md").contains("\n```\n" + loop + "\n```\n"), loop::toString);
        }
    }

    @Test
    void runReturnsAfterLastDispatcherClosesWhileUnreferencedTimersArePending() throws IOException {
        try (Loop loop = Loop.open("nio")) {
            SocketDispatcher listener = listen(loop);
            loop.scheduleEvery(Duration.ofHours(1), () -> {});
            loop.execute(() -> {
                listener.close();
                loop.schedule(Duration.ofHours(1), () -> loop.closeAll()).unref();
            });
            loop.run();
            assertFalse(loop.runOnce(Duration.ZERO));
        }
    }

    private static SocketDispatcher listen(Loop loop) throws IOException {
        SocketDispatcher listener = new SocketDispatcher(loop) {};
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(1);
        return listener;
    }
}
