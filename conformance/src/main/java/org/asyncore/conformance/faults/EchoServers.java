// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.BufferedDispatcher;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;

/** Echo servers in three styles. At the end of the stream each one sends what it owes, and closes. */
final class EchoServers {
    private EchoServers() {}

    /** Makes a server of a random style. */
    static void serve(FaultyWorld world, StreamChannel connection) {
        switch (world.random.nextInt(3)) {
            case 0 -> new Deferred(world, connection);
            case 1 -> new Buffered(world, connection);
            default -> new Chat(world, connection);
        }
    }

    /** Keeps its input and sends it in {@code handleWrite}, as asyncore's programs do. */
    private static final class Deferred extends SocketDispatcher {
        private final ByteBuffer buffer = ByteBuffer.allocate(4096);
        private final Conduct conduct;
        private boolean ended; // the peer has sent all

        Deferred(FaultyWorld world, StreamChannel connection) {
            super(world.loop, connection);
            conduct = world.conduct("deferred echo");
        }

        @Override
        public boolean readable() {
            return !ended && buffer.hasRemaining();
        }

        @Override
        public boolean writable() {
            return buffer.position() > 0;
        }

        @Override
        public void handleRead() throws IOException {
            conduct.hook("handleRead");
            recv(buffer);
        }

        @Override
        public void handleWrite() throws IOException {
            conduct.hook("handleWrite");
            send(buffer.flip());
            buffer.compact();
            if (ended && buffer.position() == 0 && !conduct.hasEnded()) {
                end("has echoed all");
            }
        }

        @Override
        public void handleClose() {
            conduct.hook("handleClose");
            ended = true;
            if (buffer.position() == 0) {
                end("end of the stream");
            }
        }

        @Override
        public void handleLost(IOException cause) {
            end("lost");
        }

        @Override
        public void handleError(Throwable cause) {
            conduct.complain("handleError: " + cause);
            end("error");
        }

        private void end(String how) {
            if (conduct.end(how)) {
                close();
            }
        }
    }

    /** Sends its input at once, and queues the rest. */
    private static final class Buffered extends BufferedDispatcher {
        private final Conduct conduct;
        private boolean ended;

        Buffered(FaultyWorld world, StreamChannel connection) {
            super(world.loop, connection);
            conduct = world.conduct("buffered echo");
            setWaterMarks(20_000, 1_000);
        }

        @Override
        public boolean readable() {
            return !ended && super.readable();
        }

        @Override
        public void handleRead() throws IOException {
            conduct.hook("handleRead");
            ByteBuffer input = readBuffer();
            if (recv(input) > 0) {
                send(input.flip());
            }
        }

        @Override
        public void handleWrite() throws IOException {
            conduct.hook("handleWrite");
            super.handleWrite();
            if (ended && buffered() == 0 && !conduct.hasEnded()) {
                end("has echoed all");
            }
        }

        @Override
        public void handleClose() {
            conduct.hook("handleClose");
            ended = true;
            if (buffered() == 0) {
                end("end of the stream");
            }
        }

        @Override
        public void handleLost(IOException cause) {
            end("lost");
        }

        @Override
        public void handleError(Throwable cause) {
            conduct.complain("handleError: " + cause);
            end("error");
        }

        private void end(String how) {
            if (conduct.end(how)) {
                close();
            }
        }
    }

    /** Pushes its input in items of 100 bytes. */
    private static final class Chat extends ChatDispatcher {
        private final Conduct conduct;
        private boolean ended;

        Chat(FaultyWorld world, StreamChannel connection) {
            super(world.loop, connection);
            conduct = world.conduct("chat echo");
            setGathering(world.random.nextBoolean());
            setTerminator(100);
        }

        @Override
        public boolean readable() {
            return !ended && super.readable();
        }

        @Override
        public void collectIncomingData(ByteBuffer data) throws IOException {
            conduct.hook("collectIncomingData");
            push(data);
        }

        @Override
        public void foundTerminator() {
            setTerminator(100);
        }

        @Override
        public void handleClose() throws IOException {
            if (ended) {
                end("has echoed all");
            } else {
                conduct.hook("handleClose");
                ended = true;
                closeWhenDone();
            }
        }

        @Override
        public void handleLost(IOException cause) {
            discardBuffers();
            end("lost");
        }

        @Override
        public void handleError(Throwable cause) {
            conduct.complain("handleError: " + cause);
            end("error");
        }

        private void end(String how) {
            if (conduct.end(how)) {
                close();
            }
        }
    }
}
