// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.asyncore.channels.TooManyOpenFilesException;

/** Recognizes the JDK's exceptions of EMFILE and ENFILE, which are known by their text only. */
final class DescriptorShortage {
    static { // loads the class while descriptors are left, because opening its file takes one
        Class<?> loaded = TooManyOpenFilesException.class;
        assert loaded != null;
    }

    private DescriptorShortage() {}

    /** Opens a poller or channel. */
    interface Opening<T> {
        T open() throws IOException;
    }

    /** Returns what is opened. Throws a {@link TooManyOpenFilesException} if no descriptor is left. */
    static <T> T recognized(Opening<T> opening) throws IOException {
        try {
            return opening.open();
        } catch (IOException e) {
            throw recognize(e);
        }
    }

    /** Returns a {@link TooManyOpenFilesException} if no descriptor is left, and the failure itself otherwise. */
    static IOException recognize(IOException failure) {
        IOException recognized = TooManyOpenFilesException.recognize(failure);
        return recognized == failure && noDescriptorIsLeft() ? new TooManyOpenFilesException(failure) : recognized;
    }

    /** Returns true if no other socket can be opened. Asked if the text is in another language. */
    private static boolean noDescriptorIsLeft() {
        try (SocketChannel probe = SocketChannel.open()) {
            return !probe.isOpen();
        } catch (IOException e) {
            return true;
        }
    }
}
