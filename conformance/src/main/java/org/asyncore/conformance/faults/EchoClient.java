// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import org.asyncore.BufferedDispatcher;
import org.asyncore.SocketType;

/** A client that sends bytes and checks that they come back. */
final class EchoClient extends BufferedDispatcher {
    /** The ways in which a client ends. */
    enum Manner {
        /** Closes when all bytes have come back. */
        CLOSES,
        /** Ends its sending direction after the last byte, and closes at the end of the stream. */
        HALF_CLOSES,
        /** Closes in {@code handleConnect}. */
        QUITS_AT_CONNECT,
        /** Closes in {@code handleRead}. */
        QUITS_AT_READ,
        /** Closes in {@code handleWrite}. */
        QUITS_AT_WRITE
    }

    private final FaultyWorld world;
    private final Conduct conduct;
    private final Manner manner;
    private final int bytes;
    private final int salt;
    private int received;
    private boolean shut; // its sending direction is

    EchoClient(FaultyWorld world, Manner manner, int bytes) {
        super(world.loop);
        this.world = world;
        this.manner = manner;
        this.bytes = bytes;
        salt = world.random.nextInt(256);
        conduct = world.conduct("client that " + manner + " with " + bytes + " bytes");
    }

    /** Connects. */
    void begin(SocketAddress server) {
        world.begun();
        try {
            boolean unix = server instanceof UnixDomainSocketAddress;
            createSocket(unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET, SocketType.STREAM);
            connect(server);
        } catch (IOException e) {
            end("cannot connect: " + e, true);
        }
    }

    private byte at(int index) {
        return (byte) (index * 31 + index / 251 + salt);
    }

    @Override
    public void handleConnect() throws IOException {
        conduct.hook("handleConnect");
        if (manner == Manner.QUITS_AT_CONNECT) {
            end("quits", false);
            return;
        }
        byte[] all = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            all[i] = at(i);
        }
        send(all);
    }

    @Override
    public void handleWrite() throws IOException {
        conduct.hook("handleWrite");
        super.handleWrite();
        if (conduct.hasEnded()) {
            return;
        }
        if (manner == Manner.QUITS_AT_WRITE) {
            end("quits", false);
        } else {
            shutPerhaps();
        }
    }

    private void shutPerhaps() throws IOException {
        if (manner == Manner.HALF_CLOSES && buffered() == 0 && !shut) {
            shut = true;
            shutdownOutput();
        }
    }

    @Override
    public void handleRead() throws IOException {
        conduct.hook("handleRead");
        ByteBuffer input = readBuffer();
        if (recv(input) <= 0) {
            return;
        }
        check(input.flip());
        if (manner == Manner.QUITS_AT_READ) {
            end("quits", false);
        } else if (manner != Manner.HALF_CLOSES && received == bytes) {
            end("complete", false);
        } else {
            shutPerhaps();
        }
    }

    private void check(ByteBuffer input) {
        while (input.hasRemaining()) {
            if (received == bytes || input.get() != at(received)) {
                conduct.complain("byte " + received + " is wrong");
                input.position(input.limit());
            }
            received++;
        }
    }

    @Override
    public void handleClose() {
        end("end of the stream after " + received, received < bytes);
    }

    @Override
    public void handleLost(IOException cause) {
        end("lost after " + received + ": " + cause, received < bytes);
    }

    @Override
    public void handleError(Throwable cause) {
        if (!(cause instanceof IOException) || connected()) {
            conduct.complain("handleError: " + cause);
        }
        end("error: " + cause, true);
    }

    private void end(String how, boolean cut) {
        if (conduct.end(how)) {
            close();
            world.ended(cut ? this + " " + how : "");
        }
    }

    @Override
    public String toString() {
        return "client that " + manner + " with " + bytes + " bytes";
    }
}
