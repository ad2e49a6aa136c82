// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;

/** Our loop, used through its public methods alone. */
public final class LoopWatcher implements SocketWatcher {
    private final String poller;
    private final InterestPolicy policy;
    private final Loop loop;
    private final List<Source> sources = new ArrayList<>();
    private long events;

    LoopWatcher(String subject, InterestPolicy policy) throws IOException {
        this.poller = Subjects.poller(subject);
        this.policy = policy;
        loop = Subjects.loop(subject).interestPolicy(policy).open();
        new IdleDispatcher(loop).createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
    }

    /** Returns connected Unix-domain sockets of a poller's backend, pair by pair. */
    public static List<StreamChannel> pairs(String poller, int count) throws IOException {
        Backend backend = Subjects.backend(poller);
        List<StreamChannel> channels = new ArrayList<>();
        try (TemporaryUnixAddress rendezvous = new TemporaryUnixAddress();
                ServerChannel server = backend.openServer(StandardProtocolFamily.UNIX)) {
            server.bind(rendezvous.address(), 16);
            while (channels.size() < count) {
                StreamChannel near = backend.openStream(StandardProtocolFamily.UNIX);
                near.connect(rendezvous.address());
                channels.add(near);
                channels.add(requireNonNull(server.accept(), "no pending connection"));
            }
        }
        return channels;
    }

    @Override
    public void open(int count) throws Exception {
        for (StreamChannel channel : pairs(poller, count)) {
            sources.add(new Source(channel));
        }
        turn();
    }

    @Override
    public void makeReady(int source) throws IOException {
        sources.get(source ^ 1).send(ByteBuffer.allocate(1));
    }

    @Override
    public void turn() {
        loop.runOnce(Duration.ZERO);
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public void interest(int source, boolean reading) {
        Source changed = sources.get(source);
        changed.reading = reading;
        if (policy == InterestPolicy.ON_CHANGE) {
            loop.refresh(changed);
        }
    }

    @Override
    public void leave(int source) {
        sources.get(source).delChannel();
    }

    @Override
    public void join(int source) {
        sources.get(source).addChannel();
    }

    @Override
    public void close() {
        sources.forEach(SocketDispatcher::close);
        loop.close();
    }

    private final class Source extends SocketDispatcher {
        boolean reading = true;

        Source(StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return reading;
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() {
            events++;
        }
    }
}
