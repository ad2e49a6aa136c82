// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;

/** A client that connects to a port without a listener. */
final class RefusedClient extends SocketDispatcher {
    private final FaultyWorld world;
    private final Conduct conduct;

    RefusedClient(FaultyWorld world) {
        super(world.loop);
        this.world = world;
        conduct = world.conduct("client of a port without a listener");
    }

    void begin(SocketAddress nowhere) {
        world.begun();
        try {
            createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
            connect(nowhere);
        } catch (IOException e) {
            end("refused");
        }
    }

    @Override
    public void handleConnect() {
        conduct.complain("connected");
    }

    @Override
    public void handleClose() {
        conduct.complain("handleClose");
        end("close");
    }

    @Override
    public void handleError(Throwable cause) {
        if (!(cause instanceof IOException)) {
            conduct.complain("handleError: " + cause);
        }
        end("refused");
    }

    private void end(String how) {
        if (conduct.end(how)) {
            close();
            world.ended("");
        }
    }
}
