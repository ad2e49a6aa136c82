// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A room to chat in, a line at a time: {@code nc HOST PORT} is client enough. */
@Command(name = "chat-server", description = "Lets everyone hear everyone, line by line, until SIGTERM or SIGINT.")
final class ChatServerCommand implements Callable<Integer> {
    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Override
    public Integer call() throws IOException {
        ChatRoom room = new ChatRoom();
        return options.run((loop, channel) -> new ChatMember(loop, channel, room));
    }
}
