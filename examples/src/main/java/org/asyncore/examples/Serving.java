// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import org.asyncore.Loop;
import org.asyncore.spi.StreamChannel;

/** Makes a dispatcher for an accepted connection. */
interface Serving {
    void serve(Loop loop, StreamChannel channel, BufferPool buffers);
}
