// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.chat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.ListenOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves a chat room, line by line. {@code nc HOST PORT} will do as a client. */
@Command(
        name = "chat-server",
        description = {
            "Sends each line of a client to all others, until SIGTERM or SIGINT.",
            "Keeps " + ChatMember.MAX_KEPT_BYTES / 1024 + LimitOptions.KIB_PER_CONNECTION
        })
public final class ChatServerCommand implements Callable<Integer> {
    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "how long a client that does not read may take to read the rest (default: ${DEFAULT-VALUE})")
    private int patienceSeconds = 10;

    @Override
    public Integer call() throws IOException {
        ChatRoom room = new ChatRoom(Duration.ofSeconds(patienceSeconds));
        return options.run(ChatMember.MAX_KEPT_BYTES, (loop, channel) -> new ChatMember(loop, channel, room));
    }
}
