// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A plain socket of the JDK that a program controls. */
final class ProgramPeer implements Closeable {
    private final ProgramRun run;
    private final String name;
    private final ByteChannel channel;
    private int sent;
    private boolean hasEnded;

    ProgramPeer(ProgramRun run, String name, SocketChannel channel) throws IOException {
        this(run, name, (ByteChannel) channel);
        channel.configureBlocking(false);
        if (channel.getLocalAddress() instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    ProgramPeer(ProgramRun run, String name, DatagramChannel channel) throws IOException {
        this(run, name, (ByteChannel) channel);
        channel.configureBlocking(false);
    }

    private ProgramPeer(ProgramRun run, String name, ByteChannel channel) {
        this.run = run;
        this.name = name;
        this.channel = channel;
    }

    void act(List<Object> action) throws IOException {
        switch (Actions.op(action)) {
            case "send" -> send(letters(Actions.number(action, 2)));
            case "say" -> send(Actions.text(action, 2).getBytes(ISO_8859_1));
            case "recv" -> receive(Actions.number(action, 2));
            case "shut" -> shut();
            case "close" -> close();
            case "reset" -> reset();
            case "sendto" -> sendTo(Actions.text(action, 2), Actions.number(action, 3));
            default -> {
                // not an action of peers
            }
        }
    }

    private byte[] letters(int n) {
        sent += n;
        return Script.letters(sent - n, n);
    }

    private void send(byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            run.event(name, "send failed");
        }
    }

    /** Receives and records bytes. Returns false if there was nothing to receive. */
    boolean receive(int n) {
        if (hasEnded) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.allocate(n);
        try {
            if (channel instanceof DatagramChannel datagrams) {
                return received(datagrams.receive(buffer) != null, buffer.flip());
            }
            hasEnded = channel.read(buffer) < 0;
            return received(buffer.position() > 0, buffer.flip());
        } catch (IOException e) {
            hasEnded = true;
            run.event(name, "recv reset");
            return false;
        }
    }

    private boolean received(boolean any, ByteBuffer bytes) {
        if (any) {
            run.event(name, "recv " + bytes.remaining() + " " + Script.text(bytes));
        } else {
            run.event(name, hasEnded ? "recv end" : "recv nothing");
        }
        return any;
    }

    private void shut() {
        try {
            ((SocketChannel) channel).shutdownOutput();
        } catch (IOException e) {
            // the other side has closed the connection, so there is nothing to shut down
        }
    }

    private void reset() throws IOException {
        if (channel instanceof SocketChannel stream
                && stream.isOpen()
                && stream.getLocalAddress() instanceof InetSocketAddress) {
            stream.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        close();
    }

    private void sendTo(String who, int n) throws IOException {
        Actor actor = run.actors.get(who);
        SocketAddress address = actor == null ? null : actor.script().datagramAddress();
        if (address != null && channel instanceof DatagramChannel datagrams) {
            datagrams.send(ByteBuffer.wrap(letters(n)), address);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
