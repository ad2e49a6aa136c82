// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;

/** Sends its input at once, and queues the rest. At the end of the stream it sends what it owes, and closes. */
final class BufferedEcho extends BufferedDispatcher {
    private final List<String> complaints;
    private boolean ending; // the peer has sent all

    BufferedEcho(Loop loop, StreamChannel connection, List<String> complaints) {
        super(loop, connection);
        this.complaints = complaints;
        setWaterMarks(65_536, 4_096);
    }

    @Override
    public boolean readable() {
        return !ending && super.readable();
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer input = readBuffer();
        if (recv(input) > 0) {
            send(input.flip());
        }
    }

    @Override
    public void handleWrite() throws IOException {
        super.handleWrite();
        if (ending && buffered() == 0) {
            close();
        }
    }

    @Override
    public void handleClose() {
        ending = true;
        if (buffered() == 0) {
            close();
        }
    }

    @Override
    public void handleLost(IOException cause) {
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        complaints.add(this + ": " + cause);
        close();
    }
}
