// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import java.net.SocketAddress;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** A socket whose hooks are recorded. It closes in handleClose alone, so that a failure leaves it as it is. */
final class Subject extends SocketDispatcher {
    private final HookLog hooks;

    Subject(Loop loop, HookLog hooks) {
        super(loop);
        this.hooks = hooks;
    }

    @Override
    public void handleRead() {
        hooks.called("handleRead");
    }

    @Override
    public void handleWrite() {
        hooks.called("handleWrite");
    }

    @Override
    public void handleConnect() {
        hooks.called("handleConnect");
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws Exception {
        hooks.called("handleAccepted");
        channel.close();
    }

    @Override
    public void handleClose() {
        hooks.called("handleClose");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        hooks.called("handleError");
    }
}
