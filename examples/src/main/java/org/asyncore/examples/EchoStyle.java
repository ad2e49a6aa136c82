// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import org.asyncore.Loop;
import org.asyncore.spi.StreamChannel;

/** How an echo is written. */
enum EchoStyle implements Serving {
    /** {@code handleRead} fills a buffer, {@code handleWrite} empties it. */
    ASYNCORE {
        @Override
        public void serve(Loop loop, StreamChannel channel, BufferPool buffers) {
            new BufferedEcho(loop, channel, buffers);
        }
    },

    /** {@code handleRead} sends at once. */
    DIRECT {
        @Override
        public void serve(Loop loop, StreamChannel channel, BufferPool buffers) {
            new DirectEcho(loop, channel);
        }
    }
}
