// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** A dispatcher that records its hooks with its name, and closes itself at the end of the stream or an error. */
class LoggingDispatcher extends SocketDispatcher {
    /** True if the dispatcher is writable, until the next {@code handleWrite}. */
    boolean writing;

    private final List<String> hooks;
    private final String name;

    LoggingDispatcher(Loop loop, List<String> hooks, String name) {
        super(loop);
        this.hooks = hooks;
        this.name = name;
    }

    LoggingDispatcher(Loop loop, List<String> hooks, String name, StreamChannel channel) {
        super(loop, channel);
        this.hooks = hooks;
        this.name = name;
    }

    final void note(String hook) {
        hooks.add(name + " " + hook);
    }

    @Override
    public boolean writable() {
        return writing || connecting();
    }

    @Override
    public void handleConnect() {
        note("connect");
    }

    @Override
    public void handleRead() throws IOException {
        byte[] data = recv(100);
        if (data.length > 0) {
            note("read " + data.length);
        }
    }

    @Override
    public void handleWrite() throws IOException {
        note("write");
        writing = false;
    }

    @Override
    public void handleClose() {
        note("close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        note("error");
        close();
    }
}
