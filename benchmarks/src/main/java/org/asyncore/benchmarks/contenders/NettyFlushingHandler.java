// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Flushes output when reading is complete, and closes a connection that fails, as most programs on Netty do. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do if closing fails
abstract class NettyFlushingHandler extends ChannelInboundHandlerAdapter {
    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
