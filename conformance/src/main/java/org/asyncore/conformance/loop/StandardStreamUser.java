// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.FileDispatcher;
import org.asyncore.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that reads its standard input or writes to its standard output, and records the events in a file. */
final class StandardStreamUser {
    private final StringBuilder log = new StringBuilder();

    private StandardStreamUser() {}

    /**
     * Ends normally also after an error.
     *
     * @param args the poller's name, the file, and the number of bytes to write; without a number it reads
     */
    public static void main(String[] args) throws IOException {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF); // it would write to standard output
        }
        StandardStreamUser user = new StandardStreamUser();
        try (Loop loop = Loop.open(args[0])) {
            user.use(loop, args.length == 2 ? 0 : Integer.parseInt(args[2]));
            loop.run();
        } catch (IOException e) {
            user.log.append("refused");
        }
        Files.writeString(Path.of(args[1]), user.log);
    }

    private void use(Loop loop, int bytes) throws IOException {
        if (bytes == 0) {
            new Input(loop);
        } else {
            new Output(loop, bytes);
        }
    }

    private final class Input extends FileDispatcher {
        Input(Loop loop) throws IOException {
            super(loop, FileDescriptor.in);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            log.append(new String(recv(5), US_ASCII));
        }

        @Override
        public void handleClose() {
            log.append(" close");
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            log.append(" error");
            close();
        }
    }

    private final class Output extends FileDispatcher {
        private final ByteBuffer left;

        Output(Loop loop, int bytes) throws IOException {
            super(loop, FileDescriptor.out);
            left = ByteBuffer.allocate(bytes);
        }

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public void handleWrite() throws IOException {
            send(left);
            if (!left.hasRemaining()) {
                log.append("sent");
                close();
            }
        }

        @Override
        public void handleClose() {
            log.append(" close");
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            log.append(" error");
            close();
        }
    }
}
