// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;

/**
 * The backend under test, over the emulation in {@code src/test/native} if the build has made it. It is a service
 * provider, so that processes that tests start find it, too.
 */
public final class KQueueUnderTest implements Backend {
    static {
        Path emulation = Path.of("target", "libkqshim.so").toAbsolutePath();
        if (Files.exists(emulation)) {
            System.load(emulation.toString()); // before Netty looks for its own library, which does not exist for Linux
        }
    }

    private final Backend backend = new KQueueBackend();

    static Backend backend() {
        return new KQueueUnderTest();
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public int priority() {
        return backend.priority();
    }

    @Override
    public Throwable unavailabilityCause() {
        return backend.unavailabilityCause();
    }

    @Override
    public void checkRegistrable(Channel channel) {
        backend.checkRegistrable(channel);
    }

    @Override
    public Poller openPoller() throws IOException {
        return backend.openPoller();
    }

    @Override
    public StreamChannel openStream(ProtocolFamily family) throws IOException {
        return backend.openStream(family);
    }

    @Override
    public ServerChannel openServer(ProtocolFamily family) throws IOException {
        return backend.openServer(family);
    }

    @Override
    public DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        return backend.openDatagram(family);
    }

    @Override
    public ByteChannel openStandardStream(FileDescriptor standard) throws IOException {
        return backend.openStandardStream(standard);
    }

    @Override
    public ByteChannel openPipe(Path path, boolean writing) throws IOException {
        return backend.openPipe(path, writing);
    }
}
