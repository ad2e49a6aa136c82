// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file and its hooks: asyncore's {@code file_dispatcher}, for regular files, pipes, FIFOs and the standard streams.
 *
 * <p>A regular file is always ready, also at its end: one read for each turn while {@link #readable}, and one write while
 * {@link #writable}, which a reader therefore overrides. A pipe ends when its last writer has closed it.
 */
public abstract class FileDispatcher extends ChannelDispatcher {
    /**
     * Opens a file or FIFO by its path. Opening a FIFO does not wait for its other side.
     *
     * @param options as for {@link FileChannel#open}; none to read
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be opened
     */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected FileDispatcher(Loop loop, Path path, OpenOption... options) throws IOException {
        super(loop);
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        if (Files.isRegularFile(path) || Files.notExists(path)) {
            attach(FileChannel.open(path, options));
        } else {
            attach(backend().openDescriptor(path, writes(Set.of(options))));
        }
    }

    /** Takes over an open file, and closes it in {@link #close}. */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected FileDispatcher(Loop loop, FileChannel file) {
        super(loop);
        attach(file);
    }

    /**
     * Reads standard input or writes standard output; closing the dispatcher leaves them open.
     *
     * @param standard {@link FileDescriptor#in}, {@link FileDescriptor#out} or {@link FileDescriptor#err}
     * @throws IllegalArgumentException if it is another one: open it by its path
     */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected FileDispatcher(Loop loop, FileDescriptor standard) throws IOException {
        super(loop);
        attach(backend().openDescriptor(standard));
    }

    private static boolean writes(Set<OpenOption> options) {
        return options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    }
}
