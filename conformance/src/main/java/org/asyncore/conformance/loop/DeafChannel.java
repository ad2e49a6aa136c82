// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.channels.ForwardingStreamChannel;
import org.asyncore.channels.StreamChannel;

/** A stream that takes no bytes until {@link #takeBytes}, as if its peer did not receive. */
final class DeafChannel extends ForwardingStreamChannel {
    private volatile boolean takes; // a test writes it, the loop reads it

    DeafChannel(StreamChannel stream) {
        super(stream);
    }

    /** Takes bytes from now on. */
    void takeBytes() {
        takes = true;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return takes ? super.write(source) : 0;
    }
}
