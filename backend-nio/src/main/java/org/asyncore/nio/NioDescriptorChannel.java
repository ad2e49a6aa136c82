// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One end of a pipe. A {@link Pump} connects its other end with a file that the JDK cannot poll. */
final class NioDescriptorChannel implements ByteChannel, NioChannel {
    private static final long RELEASE_NANOS = 1_000_000_000; // an upper limit, for a thread that gets no processor
    private static final long PAUSE_NANOS = 50_000;

    private final String name;
    private final Pump pump;
    private final Pipe.@Nullable SourceChannel source;
    private final Pipe.@Nullable SinkChannel sink;
    private final PollerSlot slot;
    private final boolean hasOtherSide; // a reader whose end is an ordinary end of this channel

    private boolean written; // bytes may still be in the pipe

    private NioDescriptorChannel(
            String name,
            Pump pump,
            Pipe.@Nullable SourceChannel source,
            Pipe.@Nullable SinkChannel sink,
            boolean hasOtherSide) {
        this.name = name;
        this.pump = pump;
        this.source = source;
        this.sink = sink;
        this.hasOtherSide = hasOtherSide;
        this.slot = new PollerSlot(source == null ? Objects.requireNonNull(sink) : source);
    }

    static NioDescriptorChannel open(FileDescriptor standard) throws IOException {
        if (standard == FileDescriptor.in) {
            return reading("standard input", () -> new StandardInput().getChannel());
        }
        if (standard == FileDescriptor.out || standard == FileDescriptor.err) {
            boolean out = standard == FileDescriptor.out;
            return writing(
                    out ? "standard output" : "standard error",
                    hasOtherSide(Path.of("/dev/fd", out ? "1" : "2")),
                    () -> new StandardOutput(standard).getChannel());
        }
        throw new IllegalArgumentException("neither standard input nor output nor error");
    }

    static NioDescriptorChannel open(Path path, boolean writing) throws IOException {
        path.getFileSystem().provider().checkAccess(path, writing ? AccessMode.WRITE : AccessMode.READ);
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("not a pipe, a FIFO or a device: " + path);
        }
        boolean hasOtherSide = hasOtherSide(path);
        return writing
                ? writing(path.toString(), hasOtherSide, new Opened(path, StandardOpenOption.WRITE, hasOtherSide))
                : reading(path.toString(), new Opened(path, StandardOpenOption.READ, hasOtherSide));
    }

    /** Opens the file that a path names. */
    private record Opened(Path path, OpenOption direction, boolean waits) implements Pump.Opening<FileChannel> {
        @Override
        public FileChannel open() throws IOException {
            return FileChannel.open(path, direction);
        }

        /**
         * Opens the other side: open(2) of a FIFO for both directions never waits. Keeps it open until the thread has passed,
         * because another process that opens the FIFO meanwhile would take the thread for its other side.
         */
        @Override
        public void release(BooleanSupplier passed) {
            if (!waits) {
                return;
            }
            try (FileChannel both = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long begin = System.nanoTime();
                while (both.isOpen() && !passed.getAsBoolean() && System.nanoTime() - begin < RELEASE_NANOS) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (IOException e) {
                // the file was removed, so the thread, a daemon, keeps waiting
            }
        }
    }

    /** Returns true if the file has a reader that may end. The JDK has no exception of its own for EPIPE. */
    private static boolean hasOtherSide(Path path) {
        try {
            Object mode = Files.getAttribute(path, "unix:mode"); // not documented, but there since Java 7 on every Unix
            int type = (Integer) mode & 0170000; // S_IFMT
            return type == 0010000 || type == 0140000; // S_IFIFO, S_IFSOCK
        } catch (IOException | RuntimeException e) {
            return true; // the system has no modes; all files that are not regular are pipes there
        }
    }

    static NioDescriptorChannel reading(String name, Pump.Opening<? extends ReadableByteChannel> opening)
            throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        Pump pump = Pump.reading(name, opening, pipe.sink());
        pump.start();
        return new NioDescriptorChannel(name, pump, pipe.source(), null, false);
    }

    static NioDescriptorChannel writing(
            String name, boolean hasOtherSide, Pump.Opening<? extends WritableByteChannel> opening) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.sink().configureBlocking(false);
        Pump pump = Pump.writing(name, opening, pipe.source());
        pump.start();
        return new NioDescriptorChannel(name, pump, null, pipe.sink(), hasOtherSide);
    }

    @Override
    public PollerSlot slot() {
        return slot;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (source == null) {
            throw new NonReadableChannelException();
        }
        int n = source.read(target);
        IOException failure = pump.failure();
        if (n < 0 && failure != null) {
            throw failed("cannot be read", failure);
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

    /** Returns the error with the reason that the pump met: the pipe itself reports only that it is broken. */
    private IOException explained(IOException broken) {
        IOException failure = pump.failure();
        if (failure == null || !isOpen()) {
            return broken;
        }
        return hasOtherSide ? new IOException("cannot write " + name, failure) : failed("cannot be written", failure);
    }

    private IOException failed(String what, IOException cause) {
        var failure = new FileSystemException(name, null, what + ": " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /**
     * Closes the pipe. Bytes that were written still reach the file once it has a reader, also if the process ends
     * meanwhile. Bytes that were not read are lost.
     */
    @Override
    public void close() throws IOException {
        boolean first = isOpen();
        slot.close();
        if (!written) {
            pump.stop();
        } else if (first) {
            pump.finishBeforeExit();
        }
    }

    @Override
    public String toString() {
        return (source == null ? "output[" : "input[") + name + (isOpen() ? "]" : " closed]");
    }

    /** The process's standard input, which a close of the channel leaves open. */
    private static final class StandardInput extends FileInputStream {
        StandardInput() {
            super(FileDescriptor.in);
        }

        @Override
        public void close() {}
    }

    /** The process's standard output or error, which a close of the channel leaves open. */
    private static final class StandardOutput extends FileOutputStream {
        StandardOutput(FileDescriptor standard) {
            super(standard);
        }

        @Override
        public void close() {}
    }
}
