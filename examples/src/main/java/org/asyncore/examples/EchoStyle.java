// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import org.asyncore.Loop;
import org.asyncore.spi.StreamChannel;

/** How an echo is written. */
enum EchoStyle {
    /** {@code handleRead} fills a buffer, {@code handleWrite} empties it. */
    ASYNCORE {
        @Override
        void serve(Loop loop, StreamChannel channel, BufferPool buffers) {
            new BufferedEcho(loop, channel, buffers);
        }
    },

    /** {@code handleRead} sends at once. */
    DIRECT {
        @Override
        void serve(Loop loop, StreamChannel channel, BufferPool buffers) {
            new DirectEcho(loop, channel);
        }
    };

    /** Makes a dispatcher for an accepted connection. */
    abstract void serve(Loop loop, StreamChannel channel, BufferPool buffers);
}
