// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChannelProducer;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Producer;
import org.asyncore.chat.Terminator;
import org.asyncore.tls.TlsChannel;

/** The code that docs/conversations.md shows, in the same order. */
final class ConversationsGuide {
    private ConversationsGuide() {}

    static final class Shouter extends ChatDispatcher { // sends each line back in capitals
        Shouter(Loop loop, StreamChannel channel) {
            super(loop, channel);
            setTerminator("\r\n");
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {
            collect(data);
        }

        @Override
        public void foundTerminator() throws IOException {
            String line = new String(takeCollected(), UTF_8);
            push(line.toUpperCase(Locale.ROOT) + "\r\n");
        }
    }

    static final class Measured extends ChatDispatcher { // sends back blocks that follow their length: 5\r\nhello
        private static final Terminator LINE = Terminator.of("\r\n");

        private boolean inBlock;

        Measured(Loop loop, StreamChannel channel) {
            super(loop, channel);
            setTerminator(LINE);
            setItemLimit(1_000_000); // of the lines and of the blocks
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {
            collect(data);
        }

        @Override
        public void foundTerminator() throws IOException {
            byte[] item = takeCollected();
            if (inBlock) {
                push(item);
                setTerminator(LINE);
                inBlock = false;
            } else {
                long length = Long.parseLong(new String(item, US_ASCII));
                inBlock = length > 0;
                setTerminator(inBlock ? Terminator.count(length) : LINE); // a count of 0 would be Terminator.NONE
            }
        }
    }

    static final class Countdown implements Producer {
        private int left;

        Countdown(int from) {
            left = from;
        }

        @Override
        public ByteBuffer more() {
            return left == 0 ? ByteBuffer.allocate(0) : US_ASCII.encode(left-- + "\r\n");
        }
    }

    static void sendFile(ChatDispatcher client, Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        client.pushWithProducer(ChannelProducer.of(file, 0, file.size())); // which closes the file
        client.closeWhenDone();
    }

    static final class Upgrading extends ChatDispatcher { // says how a line came, and starts TLS for STARTTLS
        private final SSLContext tls;
        private boolean deaf;

        Upgrading(Loop loop, StreamChannel channel, SSLContext tls) {
            super(loop, channel);
            this.tls = tls;
            setTerminator("\r\n");
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {
            collect(data);
        }

        @Override
        public void foundTerminator() throws IOException {
            String line = new String(takeCollected(), UTF_8);
            if (line.equals("STARTTLS")) {
                startTls();
            } else {
                push((stream() instanceof TlsChannel ? "by TLS: " : "in clear: ") + line + "\r\n");
            }
        }

        private void startTls() throws IOException {
            push("GO\r\n");
            setTerminator(Terminator.NONE); // what came in clear behind the command is never looked at,
            deaf = true; // and nothing is read any more
            runWhenDone(() -> {
                discardBuffers();
                setTerminator("\r\n");
                setSocket(TlsChannel.server(stream(), tls));
                deaf = false;
            });
        }

        @Override
        public boolean readable() {
            return !deaf && super.readable();
        }
    }
}
