// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is there, by name. */
final class ChatRoom {
    private final Map<String, ChatMember> members = new LinkedHashMap<>();
    private final Duration patience;

    ChatRoom(Duration patience) {
        this.patience = patience;
    }

    /** How long one that does not read may still read what is left for it. */
    Duration patience() {
        return patience;
    }

    /** Whether the name was free, and is now this member's. */
    boolean enter(String name, ChatMember member) {
        return members.putIfAbsent(name, member) == null;
    }

    void leave(String name) {
        members.remove(name);
    }

    Set<String> names() {
        return members.keySet();
    }

    /** Pushes a line to everyone but the speaker, if there is one: the same bytes to all, of which nobody makes a copy. */
    void tell(String line, @Nullable ChatMember speaker) {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        for (ChatMember member : List.copyOf(members.values())) { // a copy, since a push may find that one has gone
            if (member != speaker) {
                push(bytes, member);
            }
        }
    }

    private static void push(byte[] line, ChatMember member) {
        try {
            member.hear(line);
        } catch (IOException e) {
            member.handleError(e); // which is no trouble of the speaker's
        }
    }
}
