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
final class Descriptors {
    /** Lists the process's own descriptors, by number. On Linux a link to {@code /proc/self/fd}. */
    private static final Path OWN = Path.of("/dev/fd");

    private static final Pattern NUMBERED = Pattern.compile("/(?:dev|proc/self)/fd/(\\d{1,9})");
    private static final int ATTEMPTS = 10;
    private static final Closeable NOBODY = () -> {};

    private final Kernel kernel;

    Descriptors(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Standard input, output or error, whatever it is redirected to; it outlives the channel. */
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
        throw new IllegalArgumentException("not one of the standard streams");
    }

    private ByteChannel standardInput() throws IOException {
        if (!kernel.reservesZero() || !kernel.canPoll(0)) {
            return existing(0, "standard input", false);
        }
        try {
            synchronized (Descriptors.class) {
                return openFile(OWN.resolve("0"), false);
            }
        } catch (FileSystemException e) {
            throw new IOException(kernel.name() + " polls standard input only if it has a path, unlike a socket", e);
        }
    }

    private ByteChannel existing(int number, String name, boolean writing) throws IOException {
        return new UnixDescriptorChannel(kernel, new Descriptor(number), name, writing, NOBODY);
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
            throw new IllegalArgumentException("a file, not a pipe or device: " + path);
        }
        synchronized (Descriptors.class) { // two that open the same path must not find each other's number
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

    /** Opens a FIFO to be read, without waiting, beside somebody who has it open. */
    private UnixDescriptorChannel openBeside(Path path) throws IOException {
        synchronized (Descriptors.class) {
            try (FileChannel both = openBoth(path)) {
                assert both.isOpen();
                return openFile(path, false);
            }
        }
    }

    /** For reading and writing, opening a FIFO does not wait; nor does it for one of them, once the other is there. */
    private static FileChannel openBoth(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Tries again if this process, in another thread, has opened the same path in that instant. */
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

    /** The descriptors on this file. The JDK keeps a descriptor's number to itself; the system lists them. */
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
            return false; // closed meanwhile, by another thread or, for the listing's own descriptor, by us
        }
    }

    /** By {@code stat(2)}; the attribute is not documented, but there since Java 7 on every Unix. */
    private static boolean isFifo(Path path) throws IOException {
        Object mode = Files.getAttribute(path, "unix:mode");
        return mode instanceof Integer bits && (bits & 0170000) == 0010000; // S_IFMT, S_IFIFO
    }
}
