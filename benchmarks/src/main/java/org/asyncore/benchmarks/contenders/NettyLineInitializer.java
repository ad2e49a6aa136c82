// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;

/** Netty's usual server of lines: its decoder, written on read and flushed when reading is complete. */
public final class NettyLineInitializer extends ChannelInitializer<SocketChannel> {
    static final int MAX_LINE_BYTES = 65536;

    private static final ByteBuf END =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(1).writeByte('\n').asReadOnly());

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE_BYTES), new LineEcho());
    }

    @Sharable
    @SuppressWarnings("FutureReturnValueIgnored") // as in any Netty program: exceptionCaught gets the failures
    private static final class LineEcho extends NettyFlushingHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object line) {
            context.write(line, context.voidPromise());
            context.write(END.duplicate(), context.voidPromise());
        }
    }
}
