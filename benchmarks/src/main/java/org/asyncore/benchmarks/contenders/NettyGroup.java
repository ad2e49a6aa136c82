// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Opens and closes Netty's event loops, each with one thread. */
public final class NettyGroup {
    private NettyGroup() {}

    public static MultiThreadIoEventLoopGroup open(String subject) {
        ThreadFactory threads = task -> new Thread(task, ServerThread.NAME);
        return new MultiThreadIoEventLoopGroup(1, threads, handlers(subject));
    }

    static IoHandlerFactory handlers(String subject) {
        return switch (subject) {
            case "netty-epoll" -> EpollIoHandler.newFactory();
            case "netty-kqueue" -> KQueueIoHandler.newFactory();
            default -> NioIoHandler.newFactory();
        };
    }

    static Class<? extends ServerChannel> server(String subject) {
        return switch (subject) {
            case "netty-epoll" -> EpollServerSocketChannel.class;
            case "netty-kqueue" -> KQueueServerSocketChannel.class;
            default -> NioServerSocketChannel.class;
        };
    }

    public static void close(MultiThreadIoEventLoopGroup group) {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
