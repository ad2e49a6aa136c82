// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Sends back what it receives, on one thread. */
public interface EchoServer extends Closeable {
    InetSocketAddress address();

    Thread thread();

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Starts the server of that name; the variant of our loop is a style of programming. */
    static EchoServer start(String subject, Duration spin) throws Exception {
        return switch (Subjects.poller(subject)) {
            case "selector" -> new SelectorEcho(!spin.isZero());
            case "netty-epoll", "netty-kqueue", "netty-nio" -> new NettyEcho(subject);
            default ->
                new LoopEcho(Subjects.loop(subject).busyPoll(spin), LoopEcho.Style.of(Subjects.variant(subject)));
        };
    }
}
