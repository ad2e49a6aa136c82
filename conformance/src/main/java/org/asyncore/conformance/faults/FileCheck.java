// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.FileDispatcher;

/** Reads a file, and checks that it has all of its bytes. */
final class FileCheck extends FileDispatcher {
    private final FaultyWorld world;
    private final ByteBuffer expected;

    FileCheck(FaultyWorld world, Path file) throws IOException {
        super(world.loop, file);
        this.world = world;
        expected = ByteBuffer.wrap(Files.readAllBytes(file));
        world.begun();
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer input = readBuffer();
        int n = recv(input);
        if (n > 0 && (n > expected.remaining() || !input.flip().equals(next(n)))) {
            world.complain("the file's bytes are wrong");
        }
    }

    private ByteBuffer next(int n) {
        ByteBuffer next = expected.slice(expected.position(), n);
        expected.position(expected.position() + n);
        return next;
    }

    @Override
    public void handleClose() {
        if (expected.hasRemaining()) {
            world.complain("the file lacks " + expected.remaining() + " bytes");
        }
        close();
        world.ended("");
    }

    @Override
    public void handleError(Throwable cause) {
        world.complain("reader of a file: " + cause);
        close();
        world.ended("");
    }
}
