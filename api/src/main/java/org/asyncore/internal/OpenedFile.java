// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/** A file opened by its path. On all JDKs an interrupt closes a {@link FileChannel}, but no stream of {@link Files}. */
public final class OpenedFile implements RegularFile {
    private static final int PART_BYTES = 1 << 16;

    private static final Set<OpenOption> PLAIN = Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.SPARSE);

    private final Path path;
    private final @Nullable InputStream in;
    private final @Nullable OutputStream out;
    private boolean open = true;
    private byte[] part = {}; // between the file and buffers without an array; allocated when needed

    private OpenedFile(Path path, @Nullable InputStream in, @Nullable OutputStream out) {
        this.path = path;
        this.in = in;
        this.out = out;
    }

    /**
     * Opens a file.
     *
     * @param options as for {@link FileChannel#open}
     */
    public static RegularFile open(Path path, OpenOption... options) throws IOException {
        try {
            return openFile(path, options);
        } catch (IOException e) {
            throw TooManyOpenFilesException.recognize(e);
        }
    }

    private static RegularFile openFile(Path path, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(Arrays.asList(options));
        boolean writing = all.contains(StandardOpenOption.WRITE) || all.contains(StandardOpenOption.APPEND);
        if (writing && all.contains(StandardOpenOption.READ)) {
            return openBoth(path, all);
        }
        return writing
                ? new OpenedFile(path, null, Files.newOutputStream(path, options))
                : new OpenedFile(path, Files.newInputStream(path, options), null);
    }

    /**
     * Opens a file to read and write. Only {@code java.io} has such a file that is no channel, and it lacks some
     * options of a channel.
     */
    private static RegularFile openBoth(Path path, Set<OpenOption> options) throws IOException {
        FileChannel file = FileChannel.open(path, options);
        if (!PLAIN.containsAll(options) || path.getFileSystem() != FileSystems.getDefault()) {
            return GivenFile.of(file);
        }
        try (file) {
            FileDescriptor shared = new RandomAccessFile(path.toFile(), "rw").getFD();
            return new OpenedFile(path, new FileInputStream(shared), new FileOutputStream(shared));
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (in == null) {
            throw new NonReadableChannelException();
        }
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer: " + target);
        }
        int length = target.remaining();
        if (length == 0) {
            return 0;
        }
        if (target.hasArray()) {
            int n = in.read(target.array(), target.arrayOffset() + target.position(), length);
            target.position(target.position() + Math.max(0, n));
            return n;
        }
        int n = in.read(part(length), 0, Math.min(length, PART_BYTES));
        target.put(part, 0, Math.max(0, n));
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        if (out == null) {
            throw new NonWritableChannelException();
        }
        int written = 0;
        while (source.hasRemaining()) {
            int n = Math.min(source.remaining(), PART_BYTES);
            source.get(source.position(), part(n), 0, n);
            out.write(part, 0, n);
            source.position(source.position() + n);
            written += n;
        }
        return written;
    }

    private byte[] part(int needed) {
        int bytes = Math.min(needed, PART_BYTES);
        if (part.length < bytes) {
            part = new byte[bytes];
        }
        return part;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        try {
            if (in != null) {
                in.close();
            }
        } finally {
            if (out != null) {
                out.close();
            }
        }
    }

    @Override
    public String toString() {
        return "file " + path;
    }
}
