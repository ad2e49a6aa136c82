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

/** The members of the chat, by name. */
final class ChatRoom {
    private final Map<String, ChatMember> members = new LinkedHashMap<>();
    private final Duration patience;

    ChatRoom(Duration patience) {
        this.patience = patience;
    }

    /** Returns how long a member that does not read may take to read the rest of its queue. */
    Duration patience() {
        return patience;
    }

    /** Returns true if the name was free, and gives it to the member. */
    boolean enter(String name, ChatMember member) {
        return members.putIfAbsent(name, member) == null;
    }

    void leave(String name) {
        members.remove(name);
    }

    Set<String> names() {
        return members.keySet();
    }

    /** Queues a line for all members but the speaker. All of them share the same bytes, without a copy. */
    void broadcast(String line, @Nullable ChatMember speaker) {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        for (ChatMember member : List.copyOf(members.values())) { // a copy, because a push may remove a member
            if (member != speaker) {
                deliver(bytes, member);
            }
        }
    }

    private static void deliver(byte[] line, ChatMember member) {
        try {
            member.deliver(line);
        } catch (IOException e) {
            member.handleError(e); // not the speaker's error
        }
    }
}
