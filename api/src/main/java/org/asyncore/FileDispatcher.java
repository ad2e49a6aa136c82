// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.asyncore.internal.GivenFile;
import org.asyncore.internal.StandardStreams;

/**
 * A file and its hooks: asyncore's {@code file_dispatcher}, for regular files, pipes, FIFOs and the standard streams.
 *
 * <p>A regular file is always ready, even at its end: each turn calls {@link #handleRead} while {@link #readable}
 * returns true, and {@link #handleWrite} while {@link #writable} does. So a dispatcher that only reads overrides
 * {@code writable}. A pipe is at its end when its last writer has closed it.
 *
 * <p>An interrupt of the loop's thread asks the loop to stop. It does not close a file that was opened by its path.
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
            attachOpened(eventLoop().backend().openFile(path, options));
        } else {
            attachOpened(eventLoop().backend().openPipe(path, writes(List.of(options))));
        }
    }

    /**
     * Takes over an open file, and closes it in {@link #close}. A pending interrupt is set aside while the file is read
     * or written, because the JDK would close the file. An interrupt in the middle of a read or write still closes it,
     * and {@link #handleError} is called.
     *
     * @throws IllegalArgumentException if it is a pipe, a FIFO or a terminal, which would block the loop: open it by
     *     its path
     */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected FileDispatcher(Loop loop, FileChannel file) {
        super(loop);
        attach(GivenFile.of(file));
    }

    /**
     * Reads standard input or writes standard output; closing the dispatcher leaves them open.
     *
     * @param standard {@link FileDescriptor#in}, {@link FileDescriptor#out} or {@link FileDescriptor#err}
     * @throws IllegalArgumentException if it is another one: open it by its path
     * @throws IOException if the process was started without it
     */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected FileDispatcher(Loop loop, FileDescriptor standard) throws IOException {
        super(loop);
        ByteChannel stream = eventLoop().backend().openStandardStream(standard);
        try {
            StandardStreams.requireOpen(standard);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
        attachOpened(stream);
    }

    /** Takes over a channel that was opened for this dispatcher, and closes it if the loop refuses it. */
    private void attachOpened(Channel opened) throws IOException {
        try {
            attach(opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private static boolean writes(List<OpenOption> options) {
        return options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    }
}
