// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.chat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;

/**
 * A client of the chat. Its first line is its name, and each later line goes to the others. Lines are UTF-8. Malformed
 * bytes and control characters reach the others as U+FFFD.
 *
 * <p>A client that does not read gets a last message after its queued output. It is closed when that has been sent, or
 * after {@link ChatRoom#patience}. So the others need not wait for it, and its queue stays within the high mark.
 */
final class ChatMember extends ChatDispatcher {
    private static final int LINE_BYTES = 1000;
    private static final int READ_BYTES = 1024; // few, because each line goes to all others
    private static final int HIGH_MARK = 32 * 1024;
    private static final int MAX_QUEUED_LINES = 256; // even if they are short: each costs memory beside its bytes

    /**
     * The most bytes that a member keeps: queued lines, what they cost beside their bytes, and a line being received.
     */
    static final int MAX_KEPT_BYTES = HIGH_MARK + MAX_QUEUED_LINES * 64 + 8 * 1024;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,32}");

    private final ChatRoom room;
    private @Nullable String name; // null unless it is in the room
    private boolean tooLong; // the line that is being received
    private @Nullable TimerHandle deadline; // set once it has to leave

    ChatMember(Loop loop, StreamChannel channel, ChatRoom room) throws IOException {
        super(loop, channel);
        this.room = room;
        setTerminator("\n");
        setItemLimit(LINE_BYTES);
        setWaterMarks(HIGH_MARK, HIGH_MARK / 2);
        setInBufferBytes(READ_BYTES);
        setGathering(true);
        sendLine("* What is your name?");
    }

    private void sendLine(String line) throws IOException {
        push(line + "\r\n");
    }

    /** Queues a line for this member, which has to leave if too many are queued. */
    void deliver(byte[] line) throws IOException {
        push(line);
        if (queued() > MAX_QUEUED_LINES) {
            handleHighWater();
        }
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        if (!isLeaving()) {
            collect(data);
        }
    }

    /** The rest of the line is dropped, and then {@link #foundTerminator} is called. */
    @Override
    public void handleOverflow() throws IOException {
        tooLong = true;
        sendLine("* That line was too long: " + LINE_BYTES + " bytes are the limit");
    }

    @Override
    public void foundTerminator() throws IOException {
        String line = text(takeCollected());
        if (tooLong) {
            tooLong = false;
        } else if (name != null) {
            room.broadcast(name + ": " + line, this);
        } else if (!isLeaving()) {
            enter(line);
        }
        if (queuedBytes() > HIGH_MARK) {
            handleHighWater(); // now, not after all lines of this read
        }
    }

    private static String text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8); // with U+FFFD for malformed bytes
        return (text.endsWith("\r") ? text.substring(0, text.length() - 1) : text).replaceAll("\\p{Cc}", "\uFFFD");
    }

    private void enter(String wanted) throws IOException {
        if (!NAME.matcher(wanted).matches()) {
            sendLine("* A name is 1 to 32 letters, digits, - and _");
        } else if (!room.enter(wanted, this)) {
            sendLine("* The name " + wanted + " is taken");
        } else {
            name = wanted;
            sendLine("* Here are: " + String.join(", ", room.names()));
            room.broadcast("* " + wanted + " has come", this);
        }
    }

    private boolean isLeaving() {
        return deadline != null;
    }

    @Override
    public boolean readable() {
        return !isLeaving() && super.readable();
    }

    @Override
    public void handleHighWater() throws IOException {
        if (isLeaving()) {
            return;
        }
        log().warn("{} ({}) does not read, closing", Addresses.hostPort(remoteAddress()), name);
        deadline = loop().schedule(room.patience(), this::giveUp);
        leave();
        sendLine("* You do not read, so good-bye");
        closeWhenDone();
    }

    /** Says good-bye, and closes after the queued lines. */
    @Override
    public void handleShutdown() throws IOException {
        sendLine("* The server is shutting down");
        super.handleShutdown();
    }

    private void giveUp() {
        log().debug("{} did not read to the end", Addresses.hostPort(remoteAddress()));
        close();
    }

    @Override
    public void handleClose() throws IOException {
        super.handleClose();
        leave();
    }

    @Override
    public void handleError(Throwable cause) {
        log().warn("{} ({}): {}", Addresses.hostPort(remoteAddress()), name, ErrorMessages.of(cause));
        close();
        leave();
    }

    @Override
    public void close() {
        super.close();
        if (deadline != null) {
            deadline.cancel();
        }
    }

    /** Leaves the room. The others learn it at the end of this turn, because this may be called inside a broadcast. */
    private void leave() {
        String leaver = name;
        if (leaver != null) {
            name = null;
            room.leave(leaver);
            loop().execute(() -> room.broadcast("* " + leaver + " has left", null));
        }
    }
}
