// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.asyncore.spi.Backend;
import org.asyncore.spi.ForwardingBackend;
import org.asyncore.spi.Poller;

/** A backend whose pollers and channels are those of another one, with the faults of a plan. */
public final class FaultyBackend extends ForwardingBackend {
    private static final int SPEED = 20; // so that a second, for which a listener rests, is over soon

    private final FaultPlan plan;
    private final int speed;
    private final List<Channel> opened = new CopyOnWriteArrayList<>();
    private final List<FaultyPoller> pollers = new CopyOnWriteArrayList<>();

    /** Makes a backend over another one. */
    public FaultyBackend(Backend backend, FaultPlan plan) {
        this(backend, plan, SPEED);
    }

    private FaultyBackend(Backend backend, FaultPlan plan, int speed) {
        super(backend);
        this.plan = plan;
        this.speed = speed;
    }

    /** Makes a backend for loops with the system's clock. */
    static FaultyBackend atSystemSpeed(Backend backend, FaultPlan plan) {
        return new FaultyBackend(backend, plan, 1);
    }

    /**
     * Returns a clock for {@link org.asyncore.LoopBuilder#clock} that runs twenty times as fast as the system's. Pollers
     * of this backend divide their timeouts by twenty.
     */
    public LongSupplier clock() {
        return () -> System.nanoTime() * speed;
    }

    /** Returns the channels that were opened or accepted and are not closed. */
    public List<Channel> open() {
        return opened.stream().filter(Channel::isOpen).toList();
    }

    /** Returns true if the last poll of each poller has waited in vain, so that nothing was ready. */
    public boolean isQuiet() {
        return pollers.stream().allMatch(FaultyPoller::isQuiet);
    }

    /** Returns the number of registrations that are not cancelled. */
    int registrations() {
        return pollers.stream().mapToInt(FaultyPoller::registrations).sum();
    }

    @Override
    public Poller openPoller() throws IOException {
        FaultyPoller poller = new FaultyPoller(super.openPoller(), plan, speed);
        pollers.add(poller);
        return poller;
    }

    @Override
    public StreamChannel openStream(ProtocolFamily family) throws IOException {
        return stream(unlessItFails(super.openStream(family)));
    }

    @Override
    public ServerChannel openServer(ProtocolFamily family) throws IOException {
        return server(unlessItFails(super.openServer(family)));
    }

    @Override
    public DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        return noted(new FaultyDatagramSocket(unlessItFails(super.openDatagram(family)), plan));
    }

    @Override
    public ByteChannel openPipe(Path path, boolean writing) throws IOException {
        return noted(new FaultyFile(unlessItFails(super.openPipe(path, writing)), plan));
    }

    @Override
    public ByteChannel openFile(Path path, OpenOption... options) throws IOException {
        return noted(new FaultyFile(unlessItFails(super.openFile(path, options)), plan));
    }

    StreamChannel stream(StreamChannel stream) {
        return noted(new FaultyStream(stream, this, plan));
    }

    ServerChannel server(ServerChannel server) {
        return noted(new FaultyServer(server, this, plan));
    }

    private <C extends Channel> C noted(C channel) {
        opened.add(channel);
        return channel;
    }

    /** Closes what was opened and throws, if a fault strikes. */
    private <C extends Channel> C unlessItFails(C channel) throws IOException {
        if (plan.strikes(Fault.FAILED_OPEN)) {
            channel.close();
            IOException failure = new IOException("cannot open (fault on purpose)");
            throw plan.flip() ? new TooManyOpenFilesException(failure) : failure;
        }
        return channel;
    }
}
