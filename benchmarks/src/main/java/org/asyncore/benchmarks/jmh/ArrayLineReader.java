// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asyncore.Loop;
import org.asyncore.chat.ChatDispatcher;

/** A conversation that receives lines from an array instead of a socket, and ignores them. */
final class ArrayLineReader extends ChatDispatcher {
    private final byte[] input;
    private final int readBytes;
    private final int lines;
    private int position;
    private int found;

    ArrayLineReader(char fill, String end, int lineBytes, int bytes, int readBytes) {
        super(Loop.open("nio"));
        setTerminator(end);
        this.readBytes = readBytes;
        this.lines = bytes / lineBytes;
        input = new byte[bytes];
        Arrays.fill(input, (byte) fill);
        byte[] terminator = end.getBytes(StandardCharsets.US_ASCII);
        for (int i = lineBytes; i <= bytes; i += lineBytes) {
            System.arraycopy(terminator, 0, input, i - terminator.length, terminator.length);
        }
    }

    /** Receives the whole array, and returns the number of lines found in all calls. */
    long readAll() throws Exception {
        int before = found;
        for (position = 0; position < input.length; ) {
            handleRead();
        }
        if (found - before != lines) {
            throw new IllegalStateException((found - before) + " lines instead of " + lines);
        }
        return found;
    }

    @Override
    public int recv(ByteBuffer target) {
        int n = Math.min(Math.min(readBytes, target.remaining()), input.length - position);
        target.put(input, position, n);
        position += n;
        return n;
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {}

    @Override
    public void foundTerminator() {
        found++;
    }
}
