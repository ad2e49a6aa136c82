// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** Records received bytes, and the hooks that were called. */
class RecordingDispatcher extends BufferedDispatcher {
    final List<String> hooks = new ArrayList<>();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean listening = true; // result of readable()

    @Nullable
    Throwable error;

    /** Makes a dispatcher over a connected channel. */
    RecordingDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    /** Makes a dispatcher without a channel. */
    RecordingDispatcher(Loop loop) {
        super(loop);
    }

    StreamChannel channel() {
        return stream();
    }

    boolean isClosed() {
        return hooks.contains("close");
    }

    String text() {
        return received.toString(US_ASCII);
    }

    @Override
    public boolean readable() {
        return listening;
    }

    @Override
    public void handleConnect() throws IOException {
        hooks.add("connect");
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer();
        if (recv(buffer) > 0) {
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            handleBytes(bytes);
        }
    }

    /** Called with the bytes of each read. */
    void handleBytes(byte[] bytes) throws IOException {
        received.writeBytes(bytes);
    }

    @Override
    public void handleClose() {
        hooks.add("close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        hooks.add("error");
        error = cause;
        close();
    }
}
