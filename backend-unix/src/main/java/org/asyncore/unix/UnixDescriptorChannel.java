// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.jspecify.annotations.Nullable;

/**
 * A pipe's end, a FIFO, a terminal or a standard stream.
 *
 * <p>The descriptor stays blocking: Netty cannot change that, and other processes share the standard streams. So a report of
 * readiness allows one read, or one write of the bytes that a pipe then has room for, pipe(7). Before a read or write without
 * a report, a second poller is asked.
 */
final class UnixDescriptorChannel implements ByteChannel, UnixChannel {
    private final KernelQueue kernel;
    private final Descriptor descriptor;
    private final String name;
    private final boolean writing;
    private final boolean polled;
    private final Closeable owner;

    /** A reader of the FIFO until the first byte is written; without it the FIFO would have no reader at first. */
    private @Nullable Closeable placeholder;

    /** Opened at the first use. */
    private @Nullable ReadinessProbe probe;

    private boolean reported; // readiness, and not used since

    /** @param owner is closed with this channel; it closes the descriptor, or does nothing if the process owns it */
    UnixDescriptorChannel(KernelQueue kernel, Descriptor descriptor, String name, boolean writing, Closeable owner)
            throws IOException {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.name = name;
        this.writing = writing;
        this.polled = kernel.canPoll(descriptor.intValue());
        this.owner = owner;
    }

    UnixDescriptorChannel withPlaceholder(Closeable reader) {
        placeholder = reader;
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        descriptor.checkOpen();
        if (writing) {
            throw new NonReadableChannelException();
        }
        if (!target.hasRemaining() || !isReady()) {
            return 0;
        }
        try {
            return descriptor.read(target);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        descriptor.checkOpen();
        if (!writing) {
            throw new NonWritableChannelException();
        }
        if (!source.hasRemaining() || !isReady()) {
            return 0;
        }
        try {
            int n = descriptor.write(source, SystemConstants.PIPE_BUF);
            releasePlaceholder();
            return n;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Returns the error: a {@link FileSystemException} unless the other side has gone. */
    private IOException failure(IOException cause) {
        if (!isOpen() || Errnos.isLost(cause)) {
            return Errnos.at(this, cause);
        }
        var failure = new FileSystemException(name, null, Errnos.reason(cause));
        failure.initCause(cause);
        return failure;
    }

    private boolean isReady() throws IOException {
        if (reported || !polled) {
            reported = false;
            return true;
        }
        ReadinessProbe current = probe;
        if (current == null) {
            current = ReadinessProbe.open(kernel, descriptor.intValue(), writing ? Ops.WRITE : Ops.READ);
            probe = current;
        }
        return current.isReady();
    }

    private void releasePlaceholder() throws IOException {
        Closeable current = placeholder;
        if (current != null) {
            placeholder = null;
            current.close();
        }
    }

    @Override
    public ReadyHandler seeing(ReadyHandler handler) {
        return new ReadyHandler() {
            @Override
            public void ready(Ops ops) {
                markReady();
                handler.ready(ops);
            }

            @Override
            public void urgent() {
                handler.urgent();
            }

            @Override
            public void closed() {
                handler.closed();
            }
        };
    }

    /** Notes that the kernel has reported readiness: the next read or write does not block. */
    void markReady() {
        reported = true;
    }

    @Override
    public boolean polled() {
        return polled;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() throws IOException {
        if (descriptor.leave()) {
            ReadinessProbe current = probe;
            if (current != null) {
                current.close();
            }
            try (owner) {
                releasePlaceholder();
            }
        }
    }

    @Override
    public String toString() {
        return (writing ? "output[" : "input[") + name + (isOpen() ? "]" : " closed]");
    }
}
