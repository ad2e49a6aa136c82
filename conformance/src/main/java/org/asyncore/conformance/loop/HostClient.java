// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimeLimit;
import org.jspecify.annotations.Nullable;

/** A client that records its hooks. It sends a byte once it is connected. */
class HostClient extends SocketDispatcher {
    final List<String> hooks = new ArrayList<>();

    @Nullable
    Throwable error;

    private boolean sent;

    HostClient(Loop loop) {
        super(loop);
    }

    @Override
    public boolean writable() {
        return !sent || connecting();
    }

    @Override
    public void handleConnect() {
        hooks.add("connect");
    }

    @Override
    public void handleWrite() throws IOException {
        hooks.add("write");
        sent = send(new byte[] {'x'}) == 1;
    }

    @Override
    public void handleRead() throws IOException {
        int n = recv(readBuffer());
        if (n > 0) {
            hooks.add("read " + n);
        }
    }

    @Override
    public void handleClose() {
        hooks.add("close");
        close();
    }

    @Override
    public void handleTimeout(TimeLimit which) {
        hooks.add(which.name());
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        hooks.add("error");
        error = cause;
        close();
    }
}
