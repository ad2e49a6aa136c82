// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;

/** The part of Netty that differs between its transports. Its sources are those of {@link SocketWatcher}. */
interface NettyTransport {
    IoHandler handler(ThreadAwareExecutor executor);

    void open(int sources) throws IOException;

    IoHandle handle(int source, Runnable ready);

    IoOps reading();

    IoOps nothing();

    void send(int source) throws IOException;

    /** Ends a registration in the way that this transport requires. */
    default void cancel(IoRegistration registration) {
        registration.cancel();
    }

    void close() throws IOException;
}
