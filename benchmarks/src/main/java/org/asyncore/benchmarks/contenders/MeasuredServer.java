// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A server that sends back its input, on one thread. */
public interface MeasuredServer extends Closeable {
    InetSocketAddress address();

    Thread thread();

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Starts the echo server of a subject. For our loop the variant is a style of programming. */
    static MeasuredServer start(String subject, Duration spin) throws Exception {
        return switch (Subjects.poller(subject)) {
            case "selector" -> new SelectorEchoServer(!spin.isZero());
            case "netty-epoll", "netty-kqueue", "netty-nio" -> new NettyEchoServer(subject);
            default ->
                LoopEchoServer.start(
                        Subjects.loop(subject).busyPoll(spin), LoopEchoServer.Style.of(Subjects.variant(subject)));
        };
    }
}
