// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Serves the files of a folder by Netty's {@link HttpServerCodec}, on one thread, to be compared with the examples' {@code
 * http-server}. Arguments: the folder, the port, and optionally {@code netty-nio} or {@code netty-kqueue} instead of
 * {@code netty-epoll}.
 */
public final class NettyHttpServer {
    private static final int IDLE_SECONDS = 30;

    private NettyHttpServer() {}

    /** Serves until it is killed. */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]).toRealPath();
        String subject = args.length > 2 ? args[2] : "netty-epoll";
        MultiThreadIoEventLoopGroup group = NettyGroup.open(subject);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NettyGroup.server(subject))
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Initializer(root))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])))
                .sync()
                .channel();
        System.out.println("listening on " + server.localAddress());
        server.closeFuture().sync();
    }

    private static final class Initializer extends ChannelInitializer<SocketChannel> {
        private final Path root;
        private final NettyHttpDates dates = new NettyHttpDates();

        Initializer(Path root) {
            this.root = root;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline()
                    .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                    .addLast(new HttpServerCodec())
                    .addLast(new NettyFileHandler(root, dates));
        }
    }
}
