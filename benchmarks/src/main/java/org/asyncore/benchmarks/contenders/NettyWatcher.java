// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Netty's {@link IoHandler} without channels, pipelines or an event loop, which is the cheapest use of Netty. */
final class NettyWatcher implements SocketWatcher, ThreadAwareExecutor, IoHandlerContext {
    private final NettyTransport transport;
    private final IoHandler handler;
    private final List<IoRegistration> registrations = new ArrayList<>();
    private long events;

    NettyWatcher(NettyTransport transport) {
        this.transport = transport;
        handler = transport.handler(this);
        handler.initialize();
    }

    @Override
    public void open(int sources) throws Exception {
        transport.open(sources);
        for (int i = 0; i < sources; i++) {
            registrations.add(register(i));
        }
    }

    private IoRegistration register(int source) throws Exception {
        IoRegistration registration = handler.register(transport.handle(source, () -> events++));
        registration.submit(transport.reading());
        return registration;
    }

    @Override
    public void makeReady(int source) throws IOException {
        transport.send(source ^ 1);
    }

    @Override
    public void turn() {
        handler.run(this);
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public void interest(int source, boolean reading) {
        registrations.get(source).submit(reading ? transport.reading() : transport.nothing());
    }

    @Override
    public void leave(int source) {
        transport.cancel(registrations.get(source));
    }

    @Override
    public void join(int source) throws Exception {
        registrations.set(source, register(source));
    }

    @Override
    public void close() throws IOException {
        handler.prepareToDestroy();
        handler.destroy();
        transport.close();
    }

    // The answers of an event loop to its handler: it never waits.

    @Override
    public boolean isExecutorThread(Thread thread) {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public boolean canBlock() {
        return false;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
        return 0;
    }

    @Override
    public long deadlineNanos() {
        return 1;
    }
}
