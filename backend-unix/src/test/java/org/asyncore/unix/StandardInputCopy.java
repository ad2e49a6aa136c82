// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;

/** A program that copies its standard input to a file by polling, and adds a full stop at the end. */
final class StandardInputCopy {
    private StandardInputCopy() {}

    /**
     * Copies until the end of standard input.
     *
     * @param arguments the name of the backend's class, and the file
     */
    public static void main(String[] arguments) throws Exception {
        Class<? extends Backend> type = Class.forName(arguments[0]).asSubclass(Backend.class);
        Backend backend = type.getConstructor().newInstance();
        StringBuilder text = new StringBuilder();
        try (Poller poller = backend.openPoller();
                ByteChannel input = backend.openStandardStream(FileDescriptor.in)) {
            poller.register(input, ops -> {}).interest(Ops.READ);
            ByteBuffer buffer = ByteBuffer.allocate(4);
            int n = 0;
            while (n >= 0) {
                poller.poll(-1);
                n = input.read(buffer.clear());
                text.append(UTF_8.decode(buffer.flip()));
            }
        }
        Files.writeString(Path.of(arguments[1]), text + ".");
    }
}
