// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import org.asyncore.Cancellable;
import org.asyncore.Loop;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.spi.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an SMTP client: cuts what it sends into lines, has {@link SmtpDialog} answer the commands, and gives the
 * text of mails to an {@link SmtpMail}.
 *
 * <p>Replies keep the order of the commands, though a client may send many at once. So while the disk is at work nothing is
 * read, and what was received in the same read is held.
 */
final class SmtpSession extends ChatDispatcher {
    private static final int LINE_BYTES = SmtpCommand.MAX_BYTES + 1; // a line that fills this is too long
    private static final int HIGH_WATER_BYTES = 65536;
    private static final int MAX_ERRORS = 20;

    private enum State {
        COMMANDS,
        TEXT,
        DEAF // to what else comes before the end, or before TLS
    }

    private final SmtpSettings settings;
    private final Maildir maildir;
    private final SmtpDialog dialog;
    private final @Nullable SocketAddress remote;
    private final String peer; // the same in words

    private State state = State.COMMANDS;
    private final ByteBuffer line = ByteBuffer.allocate(LINE_BYTES); // so far
    private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>(); // lines received while the disk is at work
    private boolean holding; // the disk is at work
    private @Nullable SmtpMail mail; // in the state TEXT
    private int errors;
    private boolean complained;
    private boolean ended; // the client sends no more
    private long lineNanos; // when the last line came
    private @Nullable Cancellable timer;

    SmtpSession(Loop loop, StreamChannel channel, SmtpSettings settings, Maildir maildir) {
        super(loop, channel);
        this.settings = settings;
        this.maildir = maildir;
        dialog = new SmtpDialog(settings);
        remote = address();
        peer = Addresses.hostPort(remote);
        setTerminator("\r\n");
        setItemLimit(LINE_BYTES);
        setWaterMarks(HIGH_WATER_BYTES, HIGH_WATER_BYTES / 4);
        setGathering(true);
    }

    /** Greets the client. */
    void begin() throws IOException {
        reply("220 " + settings.name() + " ESMTP");
        lineNanos = System.nanoTime();
        timer = loop().schedule(settings.idle(), this::checkIdle);
    }

    // Lines.

    @Override
    public boolean readable() {
        return super.readable() && !holding && !ended && state != State.DEAF;
    }

    @Override
    protected void handleRead() throws Exception {
        super.handleRead();
        store();
    }

    @Override
    protected void collectIncomingData(ByteBuffer data) {
        line.put(data);
    }

    /** The line is refused when its end has come, by its length. */
    @Override
    protected void handleOverflow() {}

    @Override
    protected void foundTerminator() throws IOException {
        lineNanos = System.nanoTime();
        line.flip();
        if (holding) {
            held.add(ByteBuffer.allocate(line.remaining()).put(line).flip());
        } else {
            handle(line);
        }
        line.clear();
    }

    private void handle(ByteBuffer item) throws IOException {
        try {
            switch (state) {
                case COMMANDS -> command(SmtpCommand.parse(item));
                case TEXT -> textLine(requireNonNull(mail), item);
                case DEAF -> {}
            }
        } catch (SmtpRefusal e) {
            refuse(e.reply());
        }
    }

    private void command(SmtpCommand command) throws SmtpRefusal, IOException {
        switch (command.verb()) {
            case DATA -> beginMail();
            case STARTTLS -> dialog.checkStartTls();
            case QUIT -> end("221 2.0.0 Bye");
            default -> reply(dialog.answer(command));
        }
    }

    // Mails.

    private void beginMail() throws SmtpRefusal, IOException {
        Draft draft = maildir.draft();
        mail = new SmtpMail(new SmtpText(dialog.header(draft.id(), remote), settings.maxBytes()), draft);
        state = State.TEXT;
        reply("354 End with a dot on a line of its own");
    }

    private void textLine(SmtpMail m, ByteBuffer item) throws SmtpRefusal, IOException {
        if (m.add(item)) {
            mail = null; // whatever becomes of the connection now, this mail is delivered
            state = State.COMMANDS;
            dialog.reset();
            m.deliver(this::goOn);
            holding = true;
        } else if (m.isEndless()) {
            complain("sends a text without end");
            end("552 5.3.4 Too large a mail, closing");
        }
    }

    private void store() {
        if (mail != null && mail.isDue() && !holding) {
            holding = true;
            mail.store(() -> goOn(""));
        }
    }

    /** The disk has done its work, and there may be a reply to give. */
    private void goOn(String reply) {
        holding = false;
        lineNanos = System.nanoTime();
        if (!connected()) {
            return;
        }
        try {
            if (!reply.isEmpty()) {
                reply(reply);
            }
            while (!holding && !held.isEmpty()) {
                handle(held.remove());
            }
        } catch (IOException e) {
            handleError(e);
        }
        store();
        loop().refresh(this);
    }

    // Replies.

    private void reply(String reply) throws IOException {
        push(reply + "\r\n");
    }

    private void refuse(String reply) throws IOException {
        complain("was told: " + reply);
        boolean misspoken = reply.startsWith("50");
        errors += misspoken ? 1 : 0;
        if (misspoken && errors == MAX_ERRORS) {
            end(reply + "\r\n421 4.7.0 Too many errors, closing");
        } else {
            reply(reply);
        }
    }

    private void end(String reply) throws IOException {
        state = State.DEAF;
        reply(reply);
        closeWhenDone();
    }

    /** The first thing wrong with a client is worth a line, and the others are not. */
    private void complain(String what) {
        if (complained) {
            log().debug("{} {}", peer, what);
        } else {
            complained = true;
            log().warn("{} {}", peer, what);
        }
    }

    // The end.

    private void checkIdle() {
        long idle = holding ? 0 : System.nanoTime() - lineNanos;
        Duration left = settings.idle().minusNanos(idle);
        if (left.isNegative() || left.isZero()) {
            complain("is idle, closing");
            close("421 4.4.2 Idle for too long, closing");
        } else {
            timer = loop().schedule(left, this::checkIdle);
        }
    }

    /** Closes at once, with a last reply if there is room for it. */
    void close(String reply) {
        try {
            reply(reply);
        } catch (IOException e) {
            log().debug("{} does not hear why it is closed", peer, e);
        }
        close();
    }

    /** Replies that wait are still sent to a client that sends no more, unless that fails. */
    @Override
    public void handleClose() {
        if (ended || queued() == 0) {
            close();
        } else {
            ended = true;
            closeWhenDone();
        }
    }

    /** Trouble with one client is a line in the log, and no matter to the others. */
    @Override
    public void handleError(Throwable cause) {
        complain("is closed: " + Trouble.in(cause));
        log().debug("{}", peer, cause);
        close();
    }

    @Override
    public void close() {
        super.close();
        state = State.DEAF;
        if (timer != null) {
            timer.cancel();
        }
        if (mail != null) {
            mail.discard();
            mail = null;
        }
    }
}
