// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/**
 * A dispatcher that records its hooks. Its channel is a layer, or a stream to which it adds a layer when it receives an
 * {@code S}.
 */
final class LayerUser extends SocketDispatcher {
    final List<String> log = new ArrayList<>();
    boolean reading = true; // the result of readable()
    boolean writing; // the result of writable()
    int bytesPerRead = 100; // at most

    LayerUser(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    LayerUser(Loop loop) {
        super(loop);
    }

    /** Replaces the stream by a layer over it. */
    ToyLayer layer() {
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
        return writing;
    }

    @Override
    public void handleConnect() {
        log.add("connect");
    }

    @Override
    public void handleRead() throws IOException {
        String text = new String(recv(bytesPerRead), US_ASCII);
        log.add(text);
        if (text.equals("S")) {
            layer();
        }
    }

    @Override
    public void handleWrite() throws IOException {
        log.add("write");
        writing = false;
    }

    @Override
    public void handleClose() {
        log.add("close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        log.add(String.valueOf(cause.getMessage()));
        close();
    }
}
