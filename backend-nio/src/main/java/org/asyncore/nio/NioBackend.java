// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.Path;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** The backend {@code nio}: the JDK's selectors and channels. Found by {@link java.util.ServiceLoader}. */
public final class NioBackend implements Backend {
    /** For {@link java.util.ServiceLoader}. */
    public NioBackend() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public void checkRegistrable(Channel channel) {
        NioPoller.registrable(channel);
    }

    @Override
    public Poller openPoller() throws IOException {
        return DescriptorShortage.recognized(NioPoller::new);
    }

    @Override
    public StreamChannel openStream(ProtocolFamily family) throws IOException {
        return DescriptorShortage.recognized(() -> NioStreamChannel.open(family));
    }

    @Override
    public ServerChannel openServer(ProtocolFamily family) throws IOException {
        return DescriptorShortage.recognized(() -> NioServerChannel.open(family));
    }

    @Override
    public DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        return DescriptorShortage.recognized(() -> NioDatagramChannel.open(family));
    }

    @Override
    public ByteChannel openStandardStream(FileDescriptor standard) throws IOException {
        return DescriptorShortage.recognized(() -> NioDescriptorChannel.open(standard));
    }

    @Override
    public ByteChannel openPipe(Path path, boolean writing) throws IOException {
        return DescriptorShortage.recognized(() -> NioDescriptorChannel.open(path, writing));
    }
}
