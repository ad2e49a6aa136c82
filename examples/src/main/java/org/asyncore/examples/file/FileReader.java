// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.file;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import org.asyncore.FileDispatcher;
import org.asyncore.Loop;
import org.jspecify.annotations.Nullable;

/** Prints a file block by block. */
final class FileReader extends FileDispatcher {
    private @Nullable Throwable failure;

    FileReader(Loop loop, Path path) throws IOException {
        super(loop, path);
    }

    /** Reads standard input. */
    FileReader(Loop loop) throws IOException {
        super(loop, FileDescriptor.in);
    }

    /** Returns why reading failed, or null if it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        byte[] data = recv(256);
        System.out.print("READ: (" + data.length + ") \"");
        System.out.write(data);
        System.out.println("\"");
    }

    @Override
    public void handleExpt() {} // some systems report exceptional conditions for files

    @Override
    public void handleClose() {
        log().info("handle_close()");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        failure = cause;
        close();
    }
}
