// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.swing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.asyncore.Loop;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.examples.shared.ErrorMessages;

/** A member of the chat of {@code chat-server}: passes each line that it receives on. */
final class ChatClient extends ChatDispatcher {
    private static final int LINE_BYTES = 64 * 1024;

    private final String name;
    private final Consumer<String> lines;

    /**
     * Begins to connect.
     *
     * @param lines gets each line, and at the end one that says why the connection has ended
     */
    ChatClient(Loop loop, InetSocketAddress server, String name, Consumer<String> lines) throws IOException {
        super(loop);
        this.name = name;
        this.lines = lines;
        setTerminator("\r\n");
        setItemLimit(LINE_BYTES);
        createSocket();
        connect(server);
    }

    /** Sends a line. Called by the loop's thread. */
    void say(String line) throws IOException {
        push(line.getBytes(UTF_8));
        push("\n");
    }

    @Override
    public void handleConnect() throws IOException {
        say(name);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        collect(data);
    }

    @Override
    public void foundTerminator() {
        lines.accept(new String(takeCollected(), UTF_8));
    }

    @Override
    public void handleClose() throws IOException {
        super.handleClose();
        lines.accept("* The connection is closed");
    }

    @Override
    public void handleError(Throwable cause) {
        close();
        lines.accept("* " + ErrorMessages.of(cause));
    }
}
