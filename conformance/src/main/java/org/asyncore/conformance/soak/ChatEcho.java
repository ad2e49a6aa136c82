// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;

/** Pushes its input in items of 1,000 bytes, which it gathers. At the end of the stream it sends what it owes, and closes. */
final class ChatEcho extends ChatDispatcher {
    private static final int ITEM_BYTES = 1_000;

    private final List<String> complaints;
    private boolean ending; // the peer has sent all

    ChatEcho(Loop loop, StreamChannel connection, List<String> complaints) {
        super(loop, connection);
        this.complaints = complaints;
        setGathering(true);
        setWaterMarks(65_536, 4_096);
        setTerminator(ITEM_BYTES);
    }

    @Override
    public boolean readable() {
        return !ending && super.readable();
    }

    @Override
    public void collectIncomingData(ByteBuffer data) throws IOException {
        push(data);
    }

    @Override
    public void foundTerminator() {
        setTerminator(ITEM_BYTES);
    }

    @Override
    public void handleClose() throws IOException {
        if (ending) {
            close();
        } else {
            ending = true;
            closeWhenDone();
        }
    }

    @Override
    public void handleLost(IOException cause) {
        discardBuffers();
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        complaints.add(this + ": " + cause);
        close();
    }
}
