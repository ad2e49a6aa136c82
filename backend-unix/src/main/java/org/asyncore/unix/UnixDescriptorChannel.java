// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.jspecify.annotations.Nullable;

/**
 * A pipe's end, a FIFO, a terminal or a standard stream.
 *
 * <p>Nothing here can make a descriptor non-blocking, and standard streams are shared with other processes which would
 * be surprised. So each report that reading will not wait is good for one read, and each report of room for one write of
 * what a pipe promises to have room for, pipe(7).
 */
final class UnixDescriptorChannel implements ByteChannel, UnixChannel {
    private static final int PIPE_BUF = 4096; // Linux; macOS has 512, and reports room for no less

    private final Descriptor descriptor;
    private final String name;
    private final boolean writing;
    private final boolean polled;
    private final Closeable owner;

    /** Keeps a FIFO from looking like one whose last writer has gone, before the first one came; null when it has come. */
    private @Nullable Closeable placeholder;

    private boolean mayGo;

    /** @param owner closes the descriptor, or does not */
    UnixDescriptorChannel(Descriptor descriptor, String name, boolean writing, boolean polled, Closeable owner) {
        this.descriptor = descriptor;
        this.name = name;
        this.writing = writing;
        this.polled = polled;
        this.owner = owner;
    }

    UnixDescriptorChannel withPlaceholder(Closeable writer) {
        placeholder = writer;
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        descriptor.requireOpen();
        if (writing) {
            throw new NonReadableChannelException();
        }
        if ((polled && !mayGo) || !target.hasRemaining()) {
            return 0;
        }
        mayGo = false;
        int n;
        try {
            n = descriptor.read(target);
        } catch (IOException e) {
            throw Failures.at(this, e);
        }
        if (n > 0) {
            releasePlaceholder();
        }
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        descriptor.requireOpen();
        if (!writing) {
            throw new NonWritableChannelException();
        }
        if ((polled && !mayGo) || !source.hasRemaining()) {
            return 0;
        }
        mayGo = false;
        try {
            return descriptor.write(source, PIPE_BUF);
        } catch (IOException e) {
            throw Failures.at(this, e);
        }
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
                mayGo = true;
                handler.ready(ops);
            }

            @Override
            public void urgent() {
                handler.urgent();
            }
        };
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
