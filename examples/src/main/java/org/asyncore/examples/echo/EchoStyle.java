// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.shared.BufferPool;
import org.asyncore.examples.shared.Listener;

/** A way to write an echo server. */
public enum EchoStyle {
    /** {@code handleRead} fills a buffer, {@code handleWrite} empties it. */
    ASYNCORE(EchoStyle.BUFFER_BYTES) {
        @Override
        void serve(Loop loop, StreamChannel channel, BufferPool buffers) {
            new BufferedEcho(loop, channel, buffers);
        }
    },

    /** {@code handleRead} sends at once. */
    DIRECT(DirectEcho.MAX_KEPT_BYTES) {
        @Override
        void serve(Loop loop, StreamChannel channel, BufferPool buffers) {
            new DirectEcho(loop, channel);
        }
    };

    /** The memory that a connection keeps, for {@code --help}. */
    static final String MEMORY = "Keeps " + EchoStyle.BUFFER_BYTES / 1024 + " KiB of direct memory (asyncore) or "
            + DirectEcho.MAX_KEPT_BYTES / 1024 + LimitOptions.KIB_PER_CONNECTION;

    private static final int BUFFER_BYTES = 16384;

    /** The most bytes that a connection keeps. */
    final int connectionBytes;

    EchoStyle(int connectionBytes) {
        this.connectionBytes = connectionBytes;
    }

    /** Returns a service that echoes in this style. */
    Listener.Service service() {
        BufferPool buffers = new BufferPool(BUFFER_BYTES);
        return (loop, channel) -> serve(loop, channel, buffers);
    }

    /** Makes a dispatcher for an accepted connection. */
    abstract void serve(Loop loop, StreamChannel channel, BufferPool buffers);
}
