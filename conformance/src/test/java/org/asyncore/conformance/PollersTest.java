// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.Path;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

final class PollersTest {
    private static final String REQUIRED = "asyncore.pollers.required";

    private final Throwable cause = new UnsatisfiedLinkError("by the test");
    private final String before = System.getProperty(REQUIRED, "");

    @BeforeEach
    void requireAnother() {
        System.setProperty(REQUIRED, "nio,unavailable2");
    }

    @AfterEach
    void restore() {
        System.setProperty(REQUIRED, before);
    }

    @Test
    void unavailableBackendIsSkippedWithTheReason() {
        Exception e = assertThrows(TestAbortedException.class, () -> Pollers.assumeAvailable(new UnavailableBackend()));
        assertTrue(e.getMessage().contains("unavailable cannot run here: " + cause), e::toString);
    }

    @Test
    void requiredBackendThatIsUnavailableFails() {
        System.setProperty(REQUIRED, "nio, unavailable");
        Error e = assertThrows(AssertionFailedError.class, () -> Pollers.assumeAvailable(new UnavailableBackend()));
        assertSame(cause, e.getCause());
    }

    /** A backend of another system. */
    private final class UnavailableBackend implements Backend {
        @Override
        public String name() {
            return "unavailable";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Throwable unavailabilityCause() {
            return cause;
        }

        @Override
        public void checkRegistrable(Channel channel) {}

        @Override
        public Poller openPoller() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StreamChannel openStream(ProtocolFamily family) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerChannel openServer(ProtocolFamily family) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DatagramSocketChannel openDatagram(ProtocolFamily family) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteChannel openStandardStream(FileDescriptor standard) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteChannel openPipe(Path path, boolean writing) {
            throw new UnsupportedOperationException();
        }
    }
}
