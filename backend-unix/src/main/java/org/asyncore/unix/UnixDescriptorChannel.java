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
 * <p>Nothing here can make a descriptor non-blocking, and standard streams are shared with other processes which would
 * be surprised. So each report that reading will not wait is good for one read, and each report of room for one write of
 * what a pipe promises to have room for, pipe(7). Without a report the kernel is asked first.
 */
final class UnixDescriptorChannel implements ByteChannel, UnixChannel {
    private static final int EPIPE = 32; // on all Unixes

    private final Kernel kernel;
    private final Descriptor descriptor;
    private final String name;
    private final boolean writing;
    private final boolean polled;
    private final Closeable owner;

    /** The reader of a FIFO until the first byte was written: else it would seem to have come and gone. */
    private @Nullable Closeable placeholder;

    /** Made when first needed. */
    private @Nullable Probe probe;

    private boolean mayGo;

    /** @param owner closes the descriptor, or does not */
    UnixDescriptorChannel(Kernel kernel, Descriptor descriptor, String name, boolean writing, Closeable owner)
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
        descriptor.requireOpen();
        if (writing) {
            throw new NonReadableChannelException();
        }
        if (!target.hasRemaining() || !goesNow()) {
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
        descriptor.requireOpen();
        if (!writing) {
            throw new NonWritableChannelException();
        }
        if (!source.hasRemaining() || !goesNow()) {
            return 0;
        }
        try {
            int n = descriptor.write(source, SystemNumbers.HERE.pipeBuf);
            releasePlaceholder();
            return n;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Tells the loss of the other side from what is the matter with this one. */
    private IOException failure(IOException cause) {
        int errno = Failures.errno(cause);
        if (!isOpen() || errno == EPIPE || SystemNumbers.HERE.isReset(errno)) {
            return Failures.at(this, cause);
        }
        var failure = new FileSystemException(name, null, Failures.reason(cause));
        failure.initCause(cause);
        return failure;
    }

    private boolean goesNow() throws IOException {
        if (mayGo || !polled) {
            mayGo = false;
            return true;
        }
        Probe current = probe;
        if (current == null) {
            current = Probe.open(kernel, descriptor.intValue(), writing ? Ops.WRITE : Ops.READ);
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
                reported();
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

    /** The kernel has said that the next read or write does not wait. */
    void reported() {
        mayGo = true;
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
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (descriptor.leave()) {
            Probe current = probe;
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
