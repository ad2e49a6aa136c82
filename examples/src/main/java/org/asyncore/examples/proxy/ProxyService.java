// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.BufferPool;
import org.asyncore.examples.shared.Listener;

/** Serves each client with two dispatchers, one for each side. */
record ProxyService(ProxyTarget target, BufferPool buffers) implements Listener.Service {
    @Override
    public void serve(Loop loop, StreamChannel client) {
        new ProxySide(loop, client, target, buffers);
    }

    @Override
    public int connections(Loop loop) {
        return (loop.dispatchers().size() - 1) / 2;
    }
}
