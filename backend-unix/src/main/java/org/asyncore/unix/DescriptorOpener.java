// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens descriptors that are not sockets. */
final class DescriptorOpener {
    /** The directory that lists the process's descriptors by number. On Linux a link to {@code /proc/self/fd}. */
    private static final Path OWN = Path.of("/dev/fd");

    private static final Pattern NUMBERED = Pattern.compile("/(?:dev|proc/self)/fd/(\\d{1,9})");
    private static final int ATTEMPTS = 10;
    private static final Closeable NO_OWNER = () -> {};

    private final KernelQueue kernel;

    DescriptorOpener(KernelQueue kernel) {
        this.kernel = kernel;
    }

    /** Opens standard input, output or error, for any redirection. The descriptor stays open after the channel. */
    ByteChannel standard(FileDescriptor standard) throws IOException {
        if (standard == FileDescriptor.in) {
            return standardInput();
        }
        if (standard == FileDescriptor.out) {
            return existing(1, "standard output", true);
        }
        if (standard == FileDescriptor.err) {
            return existing(2, "standard error", true);
        }
        throw new IllegalArgumentException("neither standard input nor output nor error");
    }

    private ByteChannel standardInput() throws IOException {
        if (!kernel.reservesZero() || !kernel.canPoll(0)) {
            return existing(0, "standard input", false);
        }
        try {
            synchronized (DescriptorOpener.class) {
                return openFile(OWN.resolve("0"), false);
            }
        } catch (FileSystemException e) {
            throw new IOException(kernel.name() + " polls standard input only if it has a path, unlike a socket", e);
        }
    }

    private ByteChannel existing(int number, String name, boolean writing) throws IOException {
        return new UnixDescriptorChannel(kernel, new Descriptor(number), name, writing, NO_OWNER);
    }

    ByteChannel open(Path path, boolean writing) throws IOException {
        Matcher numbered = NUMBERED.matcher(path.toString());
        if (numbered.matches()) {
            return numbered(path, Integer.parseInt(numbered.group(1)), writing);
        }
        if (!Files.exists(path)) {
            throw new FileNotFoundException(path.toString());
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("not a pipe, a FIFO or a device: " + path);
        }
        synchronized (DescriptorOpener.class) { // two threads that open the same path must not find each other's number
            return openOneEnd(path, writing);
        }
    }

    private ByteChannel numbered(Path path, int number, boolean writing) throws IOException {
        if (!Files.exists(path)) {
            throw new FileNotFoundException(path.toString());
        }
        return existing(number, path.toString(), writing);
    }

    private ByteChannel openOneEnd(Path path, boolean writing) throws IOException {
        if (!isFifo(path)) {
            return openFile(path, writing);
        }
        if (!writing) {
            path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
            return UnixFifoReader.open(path, () -> openBeside(path));
        }
        FileChannel both = openBoth(path);
        try {
            return openFile(path, true).withPlaceholder(both);
        } catch (IOException | RuntimeException e) {
            both.close();
            throw e;
        }
    }

    /** Opens a FIFO for reading without waiting, while another file has it open. */
    private UnixDescriptorChannel openBeside(Path path) throws IOException {
        synchronized (DescriptorOpener.class) {
            try (FileChannel both = openBoth(path)) {
                assert both.isOpen();
                return openFile(path, false);
            }
        }
    }

    /** Opens a FIFO in both directions, which never waits. While it is open, opening one direction does not wait either. */
    private static FileChannel openBoth(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens a file and finds its number. Tries again if another thread of this process has opened the same path meanwhile. */
    private UnixDescriptorChannel openFile(Path path, boolean writing) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Set<Integer> before = numbersOf(path);
            FileChannel file = FileChannel.open(path, writing ? StandardOpenOption.WRITE : StandardOpenOption.READ);
            try {
                Set<Integer> opened = numbersOf(path);
                opened.removeAll(before);
                if (opened.size() == 1) {
                    int number = opened.iterator().next();
                    return new UnixDescriptorChannel(kernel, new Descriptor(number), path.toString(), writing, file);
                }
                if (attempt == ATTEMPTS) {
                    throw new IOException("cannot tell the descriptor of " + path + " among " + opened);
                }
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
            file.close();
        }
    }

    /** Returns the numbers of the descriptors on this file. The JDK does not publish them, but the system lists them. */
    private static Set<Integer> numbersOf(Path path) throws IOException {
        Set<Integer> numbers = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(OWN)) {
            for (Path entry : entries) {
                if (isSame(entry, path)) {
                    numbers.add(Integer.valueOf(entry.getFileName().toString()));
                }
            }
        }
        return numbers;
    }

    private static boolean isSame(Path entry, Path path) {
        try {
            return Files.isSameFile(entry, path);
        } catch (IOException e) {
            return false; // closed meanwhile, by another thread, or by us if it is the descriptor of the listing
        }
    }

    /** Returns true for a FIFO, {@code stat(2)}. The attribute is not documented, but exists since Java 7 on every Unix. */
    private static boolean isFifo(Path path) throws IOException {
        Object mode = Files.getAttribute(path, "unix:mode");
        return mode instanceof Integer bits && (bits & 0170000) == 0010000; // S_IFMT, S_IFIFO
    }
}
