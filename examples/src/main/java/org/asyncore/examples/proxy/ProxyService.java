// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.BufferPool;
import org.asyncore.examples.shared.Listener;

/** Gives every client two sides. */
record ProxyService(ProxyTarget target, BufferPool buffers) implements Listener.Service {
    @Override
    public void serve(Loop loop, StreamChannel client) {
        new ProxySide(loop, client, target, buffers);
    }

    @Override
    public int dispatchers() {
        return 2;
    }
}
