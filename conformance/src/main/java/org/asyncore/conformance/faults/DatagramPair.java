// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.conformance.Loopback;

/** A sender and a receiver of numbered datagrams, which come in order, because they do not leave the machine. */
final class DatagramPair {
    private final FaultyWorld world;
    private final int datagrams;
    private final Receiver receiver;
    private final Sender sender;

    DatagramPair(FaultyWorld world, int datagrams) {
        this.world = world;
        this.datagrams = datagrams;
        receiver = new Receiver();
        sender = new Sender();
    }

    void begin() throws IOException {
        try {
            receiver.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
            receiver.bind(Loopback.v4());
            sender.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        } catch (IOException e) {
            receiver.close();
            if (world.plan.strikesOf(Fault.FAILED_OPEN) == 0) {
                throw e;
            }
            return;
        }
        world.begun();
    }

    private final class Sender extends SocketDispatcher {
        private int sent;

        Sender() {
            super(world.loop);
        }

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public boolean writable() {
            return sent < datagrams;
        }

        @Override
        public void handleWrite() throws IOException {
            ByteBuffer next = ByteBuffer.allocate(4).putInt(0, sent);
            if (sendTo(next, requireNonNull(receiver.localAddress())) > 0) {
                sent++;
            }
        }

        @Override
        public void handleError(Throwable cause) {
            world.complain("sender of datagrams: " + cause);
            close();
        }
    }

    private final class Receiver extends SocketDispatcher {
        private int received;

        Receiver() {
            super(world.loop);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer datagram = ByteBuffer.allocate(8);
            if (recvFrom(datagram) == null) {
                return;
            }
            if (datagram.position() != 4 || datagram.getInt(0) != received) {
                world.complain("datagram " + received + " is wrong");
            }
            if (++received == datagrams) {
                sender.close();
                close();
                world.ended("");
            }
        }

        @Override
        public void handleError(Throwable cause) {
            world.complain("receiver of datagrams: " + cause);
            close();
        }
    }
}
