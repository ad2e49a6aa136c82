// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Terminator;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.examples.shared.PushbackBuffer;
import org.asyncore.examples.shared.ServerTls;
import org.asyncore.tls.TruncationException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an SMTP client. It reads lines: {@link SmtpDialog} answers the commands, and {@link SmtpMail} takes
 * the texts. Replies keep the order of the commands, although a client may send many at once. So while the disk works,
 * or replies are unsent, nothing is read, and the rest of the last read is pushed back.
 */
final class SmtpSession extends ChatDispatcher {
    private static final int LINE_BYTES = SmtpCommand.MAX_BYTES + 1; // a line that fills this is too long
    private static final int MAX_ERRORS = 20;
    private static final int READ_BYTES = 8192;
    private static final int MAX_QUEUED_BYTES = 8192; // of unsent replies
    private static final int LINES_PER_TURN = 128; // so that other clients are served too

    /** The most bytes that a connection keeps without TLS: an envelope, a block of text for the disk, and one read. */
    static final int MAX_KEPT_BYTES = 80 * 1024;

    private static final Terminator CRLF = Terminator.of("\r\n");
    private static final String SHUTTING_DOWN = "421 4.3.2 Shutting down";

    private enum State {
        COMMANDS,
        TEXT,
        IGNORING // input, before the end or before TLS
    }

    private final SmtpSettings settings;
    private final Maildir maildir;
    private final SmtpDialog dialog;
    private final PeerWarnings warnings;
    private final TimerHandle timer; // restarted by whole lines, so that a byte now and then is not enough

    private State state = State.COMMANDS;
    private final ByteBuffer line = ByteBuffer.allocate(LINE_BYTES); // the one being received
    private final PushbackBuffer pushedBack = new PushbackBuffer(); // behind the last line before a pause
    private boolean pausing; // what is received is pushed back
    private int lines; // commands of this read
    private boolean storing; // the disk works
    private @Nullable SmtpMail mail; // in the state TEXT
    private int errors;
    private boolean closing; // the server ends, and takes no further mail

    SmtpSession(Loop loop, StreamChannel channel, SmtpSettings settings, Maildir maildir) {
        super(loop, channel);
        this.settings = settings;
        this.maildir = maildir;
        dialog = new SmtpDialog(settings);
        warnings = new PeerWarnings(log(), Addresses.hostPort(remoteAddress()));
        timer = loop.schedule(settings.idle(), this::idle);
        setTerminator(CRLF);
        setInBufferBytes(READ_BYTES);
        setItemLimit(LINE_BYTES);
        setGathering(true);
    }

    /** Greets the client. */
    void begin() throws IOException {
        reply("220 " + settings.name() + " ESMTP");
    }

    // Lines.

    @Override
    public boolean readable() {
        return !pausing && state != State.IGNORING;
    }

    @Override
    public void handleReadEvent() throws Exception {
        lines = 0;
        super.handleReadEvent();
        endPause();
    }

    @Override
    public void handleWriteEvent() throws Exception {
        super.handleWriteEvent();
        endPause();
    }

    /** Receives the bytes that were pushed back, or, if there are none, from the system. */
    @Override
    public int recv(ByteBuffer target) throws IOException {
        return pushedBack.isEmpty() ? super.recv(target) : pushedBack.moveTo(target);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        if (pausing) {
            pushedBack.add(data);
        } else {
            line.put(data);
        }
    }

    /** Does nothing: a line that is too long is refused at its end. */
    @Override
    public void handleOverflow() {}

    @Override
    public void foundTerminator() throws IOException {
        timer.restart();
        handle(line.flip());
        line.clear();
        store();
        if (state != State.IGNORING && isBusy()) {
            pausing = true;
            setTerminator(Terminator.NONE);
        }
    }

    private boolean isBusy() {
        lines += state == State.COMMANDS ? 1 : 0;
        return lines == LINES_PER_TURN || storing || queued() > 1 || queuedBytes() > MAX_QUEUED_BYTES;
    }

    /** Ends a pause in the next turn, if the disk does not work and all replies are sent. */
    private void endPause() {
        if (pausing && !storing && queued() == 0) {
            loop().execute(this::resume);
        }
    }

    /** Goes on with the bytes that were pushed back, unless it was closed meanwhile or this was called twice. */
    private void resume() {
        if (pausing && !storing && queued() == 0) {
            pausing = false;
            setTerminator(CRLF);
            try {
                if (!pushedBack.isEmpty()) {
                    handleReadEvent();
                }
            } catch (Exception e) {
                handleError(e);
            }
            loop().refresh(this);
        }
    }

    private void handle(ByteBuffer item) throws IOException {
        try {
            switch (state) {
                case COMMANDS -> command(item);
                case TEXT -> textLine(requireNonNull(mail), item);
                case IGNORING -> {}
            }
        } catch (SmtpRefusal e) {
            refuse(e.reply());
        }
    }

    private void command(ByteBuffer item) throws SmtpRefusal, IOException {
        if (SmtpCommand.isHttp(item)) {
            warnings.add("speaks HTTP, closing");
            end("554 5.5.1 This is SMTP, not HTTP, closing");
            return;
        }
        SmtpCommand command = SmtpCommand.parse(item);
        switch (command.verb()) {
            case DATA -> beginMail();
            case STARTTLS -> startTls(dialog.startTls());
            case QUIT -> end("221 2.0.0 Bye");
            default -> reply(dialog.answer(command));
        }
    }

    // TLS.

    /**
     * Begins the handshake when the reply is sent. Bytes that came in clear behind STARTTLS, perhaps from an attacker
     * between, are dropped, because later they would be taken for bytes that came over TLS.
     */
    private void startTls(ServerTls tls) throws IOException {
        state = State.IGNORING;
        reply("220 2.0.0 Begin");
        runWhenDone(() -> {
            discardBuffers();
            line.clear();
            setSocket(tls.over(stream()));
            dialog.secured();
            state = State.COMMANDS;
        });
    }

    // Mails.

    private void beginMail() throws SmtpRefusal, IOException {
        MailFile draft = maildir.draft();
        mail = new SmtpMail(new SmtpText(dialog.header(draft.id(), remoteAddress()), settings.maxBytes()), draft);
        state = State.TEXT;
        reply("354 End with a dot on a line of its own");
    }

    private void textLine(SmtpMail m, ByteBuffer item) throws SmtpRefusal, IOException {
        if (m.add(item)) {
            mail = null; // it is delivered even if the connection fails now
            state = State.COMMANDS;
            dialog.reset();
            m.deliver(this::stored);
            storing = true;
        } else if (m.isEndless()) {
            warnings.add("sends a text without end");
            end("552 5.3.4 Mail too large, closing");
        }
    }

    private void store() {
        if (mail != null && mail.isDue() && !storing) {
            storing = true;
            mail.store(() -> stored(""));
        }
    }

    /** Called when the disk has done its work. An empty reply is not sent. */
    private void stored(String reply) {
        storing = false;
        if (!connected()) {
            return;
        }
        timer.restart();
        try {
            if (!reply.isEmpty()) {
                reply(reply);
            }
            if (closing && mail == null) {
                end(SHUTTING_DOWN);
            }
        } catch (IOException e) {
            handleError(e);
        }
        resume();
        loop().refresh(this);
    }

    // Replies.

    private void reply(String reply) throws IOException {
        push(reply + "\r\n");
    }

    private void refuse(String reply) throws IOException {
        warnings.add("was refused: " + reply);
        if (reply.startsWith("50") && ++errors == MAX_ERRORS) {
            end(reply + "\r\n421 4.7.0 Too many errors, closing");
        } else {
            reply(reply);
        }
    }

    private void end(String reply) throws IOException {
        state = State.IGNORING;
        reply(reply);
        closeWhenDone();
    }

    // The end.

    /** Ends after a mail that has begun, with the reply for a server that is shut down (RFC 5321, section 3.8). */
    @Override
    public void handleShutdown() throws IOException {
        closing = true;
        if (mail == null && !storing && state == State.COMMANDS) {
            end(SHUTTING_DOWN);
        }
    }

    private void idle() {
        warnings.add("is idle, closing");
        closing = false;
        lastReply("421 4.4.2 Idle for too long, closing");
        close();
    }

    /** Replies at once, if there is room for it. */
    private void lastReply(String reply) {
        try {
            reply(reply);
            dropInput();
        } catch (IOException e) {
            log().debug("{} gets no last reply", this, e);
        }
    }

    /** Drops the input, because a close over unread input resets the connection, and the reply might be lost. */
    private void dropInput() throws IOException {
        int left = LINES_PER_TURN;
        while (left > 0 && connected() && stream().read(readBuffer()) > 0) {
            left--;
        }
    }

    /** Closes, after sending the queued replies to a client that has half-closed. */
    @Override
    public void handleClose() {
        if (state == State.IGNORING || queued() == 0) {
            close();
        } else {
            state = State.IGNORING;
            closeWhenDone();
        }
    }

    /** Logs one line and closes. Between two mails a stream may end without TLS's close_notify, as many clients do. */
    @Override
    public void handleError(Throwable cause) {
        if (cause instanceof TruncationException && mail == null && line.position() == 0) {
            handleClose();
            return;
        }
        warnings.add("is closed: " + ErrorMessages.of(cause));
        log().debug("{}", this, cause);
        close();
    }

    /** Closes. When the server ends within a mail, the client gets a last reply. */
    @Override
    public void close() {
        if (closing && mail != null && connected()) {
            closing = false;
            lastReply(SHUTTING_DOWN);
        }
        state = State.IGNORING;
        pausing = false;
        pushedBack.clear();
        timer.cancel();
        if (mail != null) {
            mail.discard();
            mail = null;
        }
        super.close();
    }
}
