// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimeLimit;
import org.asyncore.channels.StreamChannel;

/** A dispatcher that logs its hooks, and waits for what a test says. It does not close when a time limit is over. */
class LimitedDispatcher extends SocketDispatcher {
    boolean reading = true;
    boolean writing;

    private final List<String> log;

    LimitedDispatcher(Loop loop, StreamChannel channel, List<String> log) {
        super(loop, channel);
        this.log = log;
    }

    LimitedDispatcher(Loop loop, List<String> log) {
        super(loop);
        this.log = log;
    }

    /** Sends until the system has no room. */
    final void fill() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        while (send(bytes) > 0) {
            bytes.clear();
        }
        writing = true;
        loop().refresh(this);
    }

    /** Replaces the stream by a layer over it. */
    final ToyLayer layer() {
        ToyLayer layer = new ToyLayer(stream());
        setSocket(layer);
        return layer;
    }

    @Override
    public boolean readable() {
        return reading;
    }

    @Override
    public boolean writable() {
        return writing || connecting();
    }

    @Override
    public void handleConnect() {
        log.add("connect");
    }

    @Override
    public void handleRead() throws IOException {
        if (recv(readBuffer()) > 0) {
            log.add("read");
        }
    }

    @Override
    public void handleWrite() throws IOException {
        if (writing && send(new byte[1]) > 0 && !log.contains("sent")) {
            log.add("sent");
        }
    }

    @Override
    public void handleTimeout(TimeLimit which) throws Exception {
        log.add(which.name());
    }

    @Override
    public void handleClose() {
        log.add("close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        log.add("error " + cause.getMessage());
        close();
    }
}
