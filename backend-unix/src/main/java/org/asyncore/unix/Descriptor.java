// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor: its number, its state (open or closed) and its registration.
 *
 * <p>Netty's {@code Socket} calls {@code getsockname(2)} when it is made. Reading and writing need no {@code Socket}, so an
 * accepted connection makes one only for its options and addresses.
 */
final class Descriptor extends FileDescriptor {
    /** Written by the poller; null while not registered. */
    @Nullable
    UnixRegistration registration;

    Descriptor(int number) {
        super(number);
    }

    void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Calls {@code read(2)} once. Returns the bytes taken, 0 when none are there now, -1 at the end. */
    int read(ByteBuffer target) throws IOException {
        checkOpen();
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer: " + target);
        }
        int position = target.position();
        int room = target.limit() - position;
        if (room == 0) {
            return 0;
        }
        int n = target.isDirect() ? read(target, position, position + room) : readThroughScratch(target, room);
        if (n > 0) {
            target.position(position + n);
        }
        return n;
    }

    private int readThroughScratch(ByteBuffer target, int room) throws IOException {
        ByteBuffer scratch = ScratchBuffer.get();
        int n = read(scratch, 0, Math.min(room, scratch.capacity()));
        if (n > 0) {
            target.put(target.position(), scratch, 0, n);
        }
        return n;
    }

    /** Writes at most this many bytes. Returns the bytes that the system took. */
    int write(ByteBuffer source, int atMost) throws IOException {
        checkOpen();
        int position = source.position();
        int length = Math.min(source.limit() - position, atMost);
        if (length == 0) {
            return 0;
        }
        if (!source.isDirect()) {
            return writeThroughScratch(source, length);
        }
        int n = write(source, position, position + length);
        source.position(position + n);
        return n;
    }

    /** Writes on while the system takes all of the scratch buffer, so that a short write means that there is no room. */
    private int writeThroughScratch(ByteBuffer source, int length) throws IOException {
        ByteBuffer scratch = ScratchBuffer.get();
        int written = 0;
        while (written < length) {
            int chunk = Math.min(length - written, scratch.capacity());
            scratch.put(0, source, source.position(), chunk);
            int n = writeAfter(written, scratch, chunk);
            source.position(source.position() + n);
            written += n;
            if (n < chunk) {
                break;
            }
        }
        return written;
    }

    private int writeAfter(int written, ByteBuffer scratch, int chunk) throws IOException {
        try {
            return write(scratch, 0, chunk);
        } catch (IOException e) {
            if (written == 0) {
                throw e;
            }
            return 0; // earlier bytes are written; the next write reports the same error
        }
    }

    /** Closes it, and ends a registration that is left: an epoll drops a closed descriptor, but Netty's map does not. */
    @Override
    public void close() throws IOException {
        endRegistration();
        super.close();
    }

    /** Closes this object but not the system's descriptor, which another object owns. Returns false if it was closed already. */
    boolean leave() {
        endRegistration();
        return markClosed();
    }

    private void endRegistration() {
        UnixRegistration current = registration;
        if (current != null) {
            current.channelClosed();
        }
    }
}
