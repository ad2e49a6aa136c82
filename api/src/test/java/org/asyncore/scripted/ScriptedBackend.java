// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.io.FileDescriptor;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.Path;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** A backend whose only poller is a {@link ScriptedPoller}; tests make the channels. */
public final class ScriptedBackend implements Backend {
    public final ScriptedPoller poller = new ScriptedPoller();

    /** Opens a loop whose clock is the poller's. */
    public Loop open(InterestPolicy policy) {
        return Loop.builder()
                .backend(this)
                .interestPolicy(policy)
                .clock(() -> poller.now)
                .open();
    }

    @Override
    public String name() {
        return "scripted";
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
    public void checkRegistrable(Channel channel) {}

    @Override
    public Poller openPoller() {
        return poller;
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
