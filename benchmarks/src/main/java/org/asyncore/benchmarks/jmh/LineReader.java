// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asyncore.Loop;
import org.asyncore.chat.ChatDispatcher;

/** Receives lines out of an array, and does nothing with them. */
final class LineReader extends ChatDispatcher {
    private final byte[] input;
    private final int cut;
    private final int lines;
    private int at;
    private int found;

    LineReader(char filling, String end, int line, int bytes, int cut) {
        super(Loop.open("nio"));
        setTerminator(end);
        this.cut = cut;
        this.lines = bytes / line;
        input = new byte[bytes];
        Arrays.fill(input, (byte) filling);
        byte[] terminator = end.getBytes(StandardCharsets.US_ASCII);
        for (int i = line; i <= bytes; i += line) {
            System.arraycopy(terminator, 0, input, i - terminator.length, terminator.length);
        }
    }

    /** Reads all there is, and returns how many lines it has found so far. */
    long readAll() throws Exception {
        int before = found;
        for (at = 0; at < input.length; ) {
            handleRead();
        }
        if (found - before != lines) {
            throw new IllegalStateException((found - before) + " lines of " + lines);
        }
        return found;
    }

    @Override
    public int recv(ByteBuffer target) {
        int n = Math.min(Math.min(cut, target.remaining()), input.length - at);
        target.put(input, at, n);
        at += n;
        return n;
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {}

    @Override
    public void foundTerminator() {
        found++;
    }
}
