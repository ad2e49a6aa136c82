// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;

/** Netty's usual echo server: written on read, flushed when reading is complete. */
public final class NettyEchoServer implements MeasuredServer {
    private final MultiThreadIoEventLoopGroup group;
    private final Channel server;
    private final Thread thread;

    public NettyEchoServer(String subject) throws Exception {
        this(subject, new Initializer());
    }

    /** Starts a server with these handlers. */
    public NettyEchoServer(String subject, ChannelInitializer<SocketChannel> handlers) throws Exception {
        group = NettyGroup.open(subject);
        thread = group.next().submit(Thread::currentThread).get();
        server = new ServerBootstrap()
                .group(group)
                .channel(NettyGroup.server(subject))
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(handlers)
                .bind(MeasuredServer.anyPort())
                .sync()
                .channel();
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void close() {
        NettyGroup.close(group);
    }

    private static final class Initializer extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new EchoHandler());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as in any Netty program: exceptionCaught gets the failures
    private static final class EchoHandler extends NettyFlushingHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }
    }
}
