// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Terminator;

/** Starts servers on our loop that send each line back, by {@code ChatDispatcher}. */
public final class LoopLineServer {
    private LoopLineServer() {}

    public static MeasuredServer start(LoopBuilder builder, boolean gathering) throws IOException {
        return new LoopServer(builder, (loop, channel) -> new LineHandler(loop, channel, gathering));
    }

    private static final class LineHandler extends ChatDispatcher {
        private static final Terminator END = Terminator.of("\n");

        private final ByteBuffer end = ByteBuffer.allocateDirect(1).put(0, (byte) '\n');

        LineHandler(Loop loop, StreamChannel channel, boolean gathering) {
            super(loop, channel);
            setTerminator(END);
            setGathering(gathering);
            setItemLimit(NettyLineInitializer.MAX_LINE_BYTES);
        }

        @Override
        public void collectIncomingData(ByteBuffer data) throws IOException {
            push(data);
        }

        @Override
        public void foundTerminator() throws IOException {
            push(end.clear());
        }
    }
}
