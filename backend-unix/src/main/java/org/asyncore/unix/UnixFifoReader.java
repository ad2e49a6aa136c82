// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO that is read. A daemon thread opens it, as open(2) waits for the first writer, and nothing else tells of one that
 * goes again without a byte; until then the channel is not ready.
 */
final class UnixFifoReader implements ByteChannel, UnixChannel {
    /** Opens the FIFO for polling, without waiting. */
    interface Opening {
        UnixDescriptorChannel open() throws IOException;
    }

    private static final int NO_DESCRIPTOR = Integer.MAX_VALUE;
    private static final long RELEASE_NANOS = 1_000_000_000; // at most, where the thread gets no processor
    private static final long PAUSE_NANOS = 50_000;

    private final Path fifo;
    private final Opening opening;
    private final Descriptor none = new Descriptor(NO_DESCRIPTOR);

    private volatile boolean passed; // the thread is through and has closed what it opened; release() waits for it

    // Guarded by this, because the thread writes them.
    private boolean come;
    private boolean closed;
    private @Nullable UnixDescriptorChannel opened;
    private @Nullable IOException failure;
    private @Nullable UnixPoller poller;

    private UnixFifoReader(Path fifo, Opening opening) {
        this.fifo = fifo;
        this.opening = opening;
    }

    static UnixFifoReader open(Path fifo, Opening opening) {
        UnixFifoReader reader = new UnixFifoReader(fifo, opening);
        Thread thread = new Thread(reader::waitForWriter, "asyncore-fifo " + fifo);
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    private void waitForWriter() {
        try {
            openFirst();
        } catch (IOException e) {
            arrive(null, e);
        } finally {
            passed = true;
        }
    }

    private void openFirst() throws IOException {
        if (!isOpen()) {
            return;
        }
        try (FileChannel first = FileChannel.open(fifo, StandardOpenOption.READ)) {
            assert first.isOpen(); // and holds what the writer has written, until the other one is open, too
            arrive(isOpen() ? opening.open() : null, null);
        }
    }

    private synchronized void arrive(@Nullable UnixDescriptorChannel channel, @Nullable IOException cause) {
        come = true;
        opened = channel;
        failure = cause;
        if (closed) {
            closeOpened();
        } else if (poller != null) {
            poller.arrived();
        }
    }

    private synchronized void closeOpened() {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            // whoever closed this channel has gone on
        }
    }

    /** Whether the first writer has come, so that the channel can be polled, or its next read says why it cannot. */
    synchronized boolean hasCome() {
        return come;
    }

    /** Says whom to wake when the writer comes; null for nobody any more. */
    synchronized void wakes(@Nullable UnixPoller waiting) {
        poller = waiting;
    }

    private synchronized @Nullable UnixDescriptorChannel opened() {
        return opened;
    }

    @Override
    public @Nullable UnixFifoReader awaited() {
        return hasCome() ? null : this;
    }

    @Override
    public boolean polled() {
        return opened() != null;
    }

    @Override
    public Descriptor descriptor() {
        UnixDescriptorChannel current = opened();
        return current == null ? none : current.descriptor();
    }

    @Override
    public ReadyHandler seeing(ReadyHandler handler) {
        return new ReadyHandler() {
            @Override
            public void ready(Ops ops) {
                UnixDescriptorChannel current = opened();
                if (current != null) {
                    current.reported();
                }
                handler.ready(ops);
            }

            @Override
            public void closed() {
                handler.closed();
            }
        };
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        UnixDescriptorChannel current = opened();
        if (current != null) {
            return current.read(target);
        }
        throwFailure();
        return 0;
    }

    private synchronized void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        throw new NonWritableChannelException();
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (!none.leave() || !isOpen()) {
            return;
        }
        synchronized (this) {
            closed = true;
        }
        UnixDescriptorChannel current = opened();
        if (current != null) {
            current.close();
        } else if (!hasCome()) {
            release();
        }
    }

    /**
     * Ends the thread, whose open(2) nothing interrupts, by being the writer that it waits for. It is waited for, because a
     * writer that came meanwhile would take it for a reader.
     */
    private void release() {
        try (FileChannel both = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            while (both.isOpen() && !passed && System.nanoTime() - begin < RELEASE_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            // it was removed, so the thread, a daemon, waits on
        }
    }

    @Override
    public String toString() {
        return "input[" + fifo + (isOpen() ? "]" : " closed]");
    }
}
