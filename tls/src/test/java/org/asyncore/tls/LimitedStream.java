// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import org.asyncore.channels.ForwardingStreamChannel;
import org.asyncore.channels.StreamChannel;

/** A stream that counts calls and bytes, and moves no more bytes in a call than the test allows. */
final class LimitedStream extends ForwardingStreamChannel {
    int reads; // reads that returned bytes
    int writes; // writes that took bytes
    IntUnaryOperator readable = bytes -> bytes;
    IntUnaryOperator writable = bytes -> bytes;
    long sent; // bytes
    long received;
    long tamperAt = -1; // the received byte to change; -1 for none
    boolean shut; // true once its output is shut down

    LimitedStream(StreamChannel stream) {
        super(stream);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + readable.applyAsInt(target.remaining()));
        int n = target.hasRemaining() ? super.read(target) : 0;
        target.limit(limit);
        reads += n > 0 ? 1 : 0;
        if (tamperAt >= received && tamperAt < received + n) {
            int index = target.position() - n + (int) (tamperAt - received);
            target.put(index, (byte) (target.get(index) ^ 1));
        }
        received += Math.max(n, 0);
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        source.limit(source.position() + writable.applyAsInt(source.remaining()));
        int n = source.hasRemaining() ? super.write(source) : 0;
        source.limit(limit);
        writes += n > 0 ? 1 : 0;
        sent += n;
        return n;
    }

    @Override
    public void shutdownOutput() throws IOException {
        shut = true;
        super.shutdownOutput();
    }
}
