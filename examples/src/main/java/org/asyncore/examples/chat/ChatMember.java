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
 * One who chats: its first line is its name, and each one after that is for the others. Lines are UTF-8; what is malformed
 * in them, and control characters, reach the others as U+FFFD.
 *
 * <p>Who does not read is told so behind what waits already, hears nothing more, and is closed once that is sent, after a
 * while anyway. So the others need not wait for it, and what waits for it stays within the high mark.
 */
final class ChatMember extends ChatDispatcher {
    private static final int LINE_BYTES = 1000;
    private static final int READ_BYTES = 1024; // of short lines, each of which all others hear
    private static final int HIGH_MARK = 32 * 1024;
    private static final int MAX_QUEUED_LINES = 256; // that wait, however short they are: each has its price

    /** What a member may keep: lines that wait, what they cost beside their bytes, and a line on its way. */
    static final int MAX_KEPT_BYTES = HIGH_MARK + MAX_QUEUED_LINES * 64 + 8 * 1024;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,32}");

    private final ChatRoom room;
    private @Nullable String name; // while it is in the room
    private boolean tooLong; // the line that is being received
    private @Nullable TimerHandle deadline; // once it was told to leave

    ChatMember(Loop loop, StreamChannel channel, ChatRoom room) throws IOException {
        super(loop, channel);
        this.room = room;
        setTerminator("\n");
        setItemLimit(LINE_BYTES);
        setWaterMarks(HIGH_MARK, HIGH_MARK / 2);
        setInBufferBytes(READ_BYTES);
        setGathering(true);
        tell("* What is your name?");
    }

    private void tell(String line) throws IOException {
        push(line + "\r\n");
    }

    /** Queues a line for it, unless too many wait already. */
    void hear(byte[] line) throws IOException {
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

    /** The rest of the line is spared us, and then comes {@link #foundTerminator}. */
    @Override
    public void handleOverflow() throws IOException {
        tooLong = true;
        tell("* That line was too long: " + LINE_BYTES + " bytes are the limit");
    }

    @Override
    public void foundTerminator() throws IOException {
        String line = text(takeCollected());
        if (tooLong) {
            tooLong = false;
        } else if (name != null) {
            room.tell(name + ": " + line, this);
        } else if (!isLeaving()) {
            enter(line);
        }
        if (queuedBytes() > HIGH_MARK) {
            handleHighWater(); // now, not when all lines of this read are answered
        }
    }

    private static String text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8); // which puts U+FFFD where it is malformed
        return (text.endsWith("\r") ? text.substring(0, text.length() - 1) : text).replaceAll("\\p{Cc}", "\uFFFD");
    }

    private void enter(String wanted) throws IOException {
        if (!NAME.matcher(wanted).matches()) {
            tell("* A name is 1 to 32 letters, digits, - and _");
        } else if (!room.enter(wanted, this)) {
            tell("* The name " + wanted + " is taken");
        } else {
            name = wanted;
            tell("* Here are: " + String.join(", ", room.names()));
            room.tell("* " + wanted + " has come", this);
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
        tell("* You do not read, so good-bye");
        closeWhenDone();
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

    /** The others hear of it at the end of this turn: they may be in the middle of a push that found this one gone. */
    private void leave() {
        String leaver = name;
        if (leaver != null) {
            name = null;
            room.leave(leaver);
            loop().execute(() -> room.tell("* " + leaver + " has left", null));
        }
    }
}
