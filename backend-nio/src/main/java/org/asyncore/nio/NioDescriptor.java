// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One end of a pipe, whose other end a {@link Pump} connects with what the JDK cannot poll. */
final class NioDescriptor implements ByteChannel, NioChannel {
    private final String name;
    private final Pump pump;
    private final Pipe.@Nullable SourceChannel source;
    private final Pipe.@Nullable SinkChannel sink;
    private final Entry entry;
    private boolean written; // there may be bytes for the pump to bring on

    private NioDescriptor(
            String name,
            Pump pump,
            Pipe.@Nullable SourceChannel source,
            Pipe.@Nullable SinkChannel sink,
            SelectableChannel channel) {
        this.name = name;
        this.pump = pump;
        this.source = source;
        this.sink = sink;
        this.entry = new Entry(channel);
    }

    static NioDescriptor open(FileDescriptor standard) throws IOException {
        if (standard == FileDescriptor.in) {
            return reading("standard input", () -> new StandardInput());
        }
        if (standard == FileDescriptor.out || standard == FileDescriptor.err) {
            return writing(
                    standard == FileDescriptor.out ? "standard output" : "standard error",
                    () -> new StandardOutput(standard));
        }
        throw new IllegalArgumentException("neither standard input nor output nor error");
    }

    static NioDescriptor open(Path path, boolean writing) throws IOException {
        path.getFileSystem().provider().checkAccess(path, writing ? AccessMode.WRITE : AccessMode.READ);
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("not a pipe, a FIFO or a device: " + path);
        }
        return writing
                ? writing(path.toString(), () -> Files.newOutputStream(path, StandardOpenOption.WRITE))
                : reading(path.toString(), () -> Files.newInputStream(path));
    }

    static NioDescriptor reading(String name, Pump.Opening<InputStream> opening) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        Pump pump = Pump.reading(name, opening, pipe.sink());
        pump.start();
        return new NioDescriptor(name, pump, pipe.source(), null, pipe.source());
    }

    static NioDescriptor writing(String name, Pump.Opening<OutputStream> opening) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.sink().configureBlocking(false);
        Pump pump = Pump.writing(name, opening, pipe.source());
        pump.start();
        return new NioDescriptor(name, pump, null, pipe.sink(), pipe.sink());
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (source == null) {
            throw new NonReadableChannelException();
        }
        int n = source.read(target);
        IOException failure = pump.failure();
        if (n < 0 && failure != null) {
            throw new IOException("cannot read " + name, failure);
        }
        return n;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (sink == null) {
            throw new NonWritableChannelException();
        }
        try {
            int n = sink.write(bytes);
            written |= n > 0;
            return n;
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** The pipe says only that it is broken; the pump knows why. */
    private IOException explained(IOException broken) {
        IOException failure = pump.failure();
        return failure == null || !isOpen() ? broken : new IOException("cannot write " + name, failure);
    }

    @Override
    public boolean isOpen() {
        return entry.channel.isOpen();
    }

    /** Closes the pipe. What was written is still pumped out, once there is a reader; what was not read is lost. */
    @Override
    public void close() throws IOException {
        entry.close();
        if (!written) {
            pump.stop();
        }
    }

    @Override
    public String toString() {
        return "nio descriptor " + name;
    }

    /** The process's own, so that closing the channel leaves it open. */
    private static final class StandardInput extends FileInputStream {
        StandardInput() {
            super(FileDescriptor.in);
        }

        @Override
        public void close() {}
    }

    /** The process's own, so that closing the channel leaves it open. */
    private static final class StandardOutput extends FileOutputStream {
        StandardOutput(FileDescriptor standard) {
            super(standard);
        }

        @Override
        public void close() {}
    }
}
