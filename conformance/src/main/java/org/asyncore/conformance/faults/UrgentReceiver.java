// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Loopback;

/**
 * Receives bytes with an urgent one among them, which a blocking peer has sent before. The urgent byte must not come
 * twice, nor among the others. It may be lost if it arrives after the bytes before it were read, because reads come
 * before urgent data in a turn, and a read passes it.
 */
final class UrgentReceiver extends SocketDispatcher {
    private static final byte PLAIN = 'p';
    private static final byte URGENT = '!';

    private final FaultyWorld world;
    private final Conduct conduct;
    private final int bytes;
    private int received;
    private int urgent;

    private UrgentReceiver(FaultyWorld world, StreamChannel connection, int bytes) {
        super(world.loop, connection);
        this.world = world;
        this.bytes = bytes;
        conduct = world.conduct("receiver of an urgent byte");
        world.begun();
    }

    /** Sends all of it, and makes the receiver. */
    static void begin(FaultyWorld world) throws IOException {
        int before = 1 + world.random.nextInt(1_000);
        int after = 1 + world.random.nextInt(1_000);
        try (ServerChannel server = world.backend.wrapped().openServer(StandardProtocolFamily.INET)) {
            server.bind(Loopback.v4());
            InetSocketAddress address = (InetSocketAddress) requireNonNull(server.getLocalAddress());
            try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
                peer.setTcpNoDelay(true);
                peer.getOutputStream().write(plain(before));
                peer.sendUrgentData(URGENT);
                peer.getOutputStream().write(plain(after));
                new UrgentReceiver(world, world.backend.stream(accept(server)), before + after);
            }
        }
    }

    private static byte[] plain(int bytes) {
        byte[] all = new byte[bytes];
        Arrays.fill(all, PLAIN);
        return all;
    }

    private static StreamChannel accept(ServerChannel server) throws IOException {
        StreamChannel accepted = server.accept();
        while (accepted == null) {
            Thread.onSpinWait();
            accepted = server.accept();
        }
        return accepted;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        conduct.hook("handleRead");
        ByteBuffer input = readBuffer();
        received += Math.max(0, recv(input));
        for (input.flip(); input.hasRemaining(); ) {
            if (input.get() != PLAIN) {
                conduct.complain("the urgent byte is among the others");
            }
        }
    }

    @Override
    public void handleExpt() throws IOException {
        conduct.hook("handleExpt");
        int value = recvUrgent();
        if (value >= 0) {
            urgent++;
        }
        if (value >= 0 && value != URGENT) {
            conduct.complain("the urgent byte is " + value);
        }
    }

    @Override
    public void handleClose() {
        if (received != bytes) {
            conduct.complain(received + " bytes of " + bytes);
        }
        if (urgent > (world.site.seesUrgentData() ? 1 : 0)) {
            conduct.complain("the urgent byte came " + urgent + " times");
        }
        end("end of the stream", "");
    }

    @Override
    public void handleLost(IOException cause) {
        end("lost", this + " lost: " + cause);
    }

    @Override
    public void handleError(Throwable cause) {
        conduct.complain("handleError: " + cause);
        end("error", "");
    }

    private void end(String how, String cut) {
        if (conduct.end(how)) {
            close();
            world.ended(cut);
        }
    }
}
