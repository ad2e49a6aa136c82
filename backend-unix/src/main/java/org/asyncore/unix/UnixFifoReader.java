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
 * A FIFO that is read. A daemon thread opens it, because open(2) waits for the first writer, and nothing else reports a
 * writer that ends without a byte. Until the thread has opened it, the channel is not ready.
 */
final class UnixFifoReader implements ByteChannel, UnixChannel {
    /** Opens the FIFO for polling, without waiting. */
    interface Opening {
        UnixDescriptorChannel open() throws IOException;
    }

    private static final int NO_DESCRIPTOR = Integer.MAX_VALUE;
    private static final long RELEASE_NANOS = 1_000_000_000; // an upper limit, for a thread that gets no processor
    private static final long PAUSE_NANOS = 50_000;

    private final Path fifo;
    private final Opening opening;
    private final Descriptor none = new Descriptor(NO_DESCRIPTOR);

    private volatile boolean passed; // the thread has closed the file that it opened; release() waits for this

    // Guarded by this, because the thread writes them.
    private boolean writerSeen;
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
            assert first.isOpen(); // and keeps the written bytes in the FIFO until the other file is open too
            arrive(isOpen() ? opening.open() : null, null);
        }
    }

    private synchronized void arrive(@Nullable UnixDescriptorChannel channel, @Nullable IOException cause) {
        writerSeen = true;
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
            // the thread that closed this channel has continued
        }
    }

    /** Returns true if the first writer has come: the channel can be polled, or its next read throws the reason. */
    synchronized boolean hasCome() {
        return writerSeen;
    }

    /** Sets the poller to wake when the writer comes, or null for none. */
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
                    current.markReady();
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
     * Ends the thread by opening the FIFO for writing, because nothing else interrupts its open(2). Waits for the thread,
     * because another process that opens the FIFO for writing meanwhile would take the thread for a reader.
     */
    private void release() {
        try (FileChannel both = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            while (both.isOpen() && !passed && System.nanoTime() - begin < RELEASE_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            // the file was removed, so the thread, a daemon, keeps waiting
        }
    }

    @Override
    public String toString() {
        return "input[" + fifo + (isOpen() ? "]" : " closed]");
    }
}
