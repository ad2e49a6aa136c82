// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Terminator;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.examples.shared.IdleTimer;
import org.asyncore.examples.shared.PushbackBuffer;
import org.asyncore.examples.shared.ServerTls;
import org.asyncore.tls.TruncationException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an SMTP client: lines, of which {@link SmtpDialog} answers the commands and {@link SmtpMail} takes
 * the texts. Replies keep the order of the commands, though a client may send many at once. So while the disk is at
 * work, or replies wait to be sent, nothing is read, and what was received in the same read is kept as it came.
 */
final class SmtpSession extends ChatDispatcher {
    private static final int LINE_BYTES = SmtpCommand.MAX_BYTES + 1; // a line that fills this is too long
    private static final int MAX_ERRORS = 20;
    private static final int READ_BYTES = 8192;
    private static final int MUCH_BYTES = 8192; // in replies that wait to be sent
    private static final int MANY_LINES = 128; // in one turn, in which others want to be served too

    /**
     * What a connection without TLS may keep: an envelope, a block of a text on its way to the disk, and what was read.
     */
    static final int MAX_KEPT_BYTES = 80 * 1024;

    private static final Terminator CRLF = Terminator.of("\r\n");

    private enum State {
        COMMANDS,
        TEXT,
        DEAF // to what else comes before the end, or before TLS
    }

    private final SmtpSettings settings;
    private final Maildir maildir;
    private final SmtpDialog dialog;
    private final PeerWarnings warnings;
    private final IdleTimer timer; // restarted by whole lines, so that a byte now and then is not enough

    private State state = State.COMMANDS;
    private final ByteBuffer line = ByteBuffer.allocate(LINE_BYTES); // so far
    private final PushbackBuffer pushedBack = new PushbackBuffer(); // behind a line after which there was a pause
    private boolean pausing; // what is being received is for later
    private int lines; // of commands that this read has brought
    private boolean storing; // the disk is at work
    private @Nullable SmtpMail mail; // in the state TEXT
    private int errors;

    SmtpSession(Loop loop, StreamChannel channel, SmtpSettings settings, Maildir maildir) {
        super(loop, channel);
        this.settings = settings;
        this.maildir = maildir;
        dialog = new SmtpDialog(settings);
        warnings = new PeerWarnings(log(), Addresses.hostPort(remoteAddress()));
        timer = new IdleTimer(loop, settings.idle(), this::idle);
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
        return !pausing && state != State.DEAF;
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

    /** What was received before, once its time has come, or what the system has. */
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

    /** The line is refused when its end has come, by its length. */
    @Override
    public void handleOverflow() {}

    @Override
    public void foundTerminator() throws IOException {
        timer.restart();
        handle(line.flip());
        line.clear();
        store();
        if (state != State.DEAF && isBusy()) {
            pausing = true;
            setTerminator(Terminator.NONE);
        }
    }

    private boolean isBusy() {
        lines += state == State.COMMANDS ? 1 : 0;
        return lines == MANY_LINES || storing || queued() > 1 || queuedBytes() > MUCH_BYTES;
    }

    /** Ends a pause in the next turn, if there is no reason to wait any more. */
    private void endPause() {
        if (pausing && !storing && queued() == 0) {
            loop().execute(this::goOn);
        }
    }

    /** Goes on with what was received before. */
    private void goOn() {
        if (!pausing || storing || queued() > 0) {
            return; // closed meanwhile, or told twice
        }
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

    private void handle(ByteBuffer item) throws IOException {
        try {
            switch (state) {
                case COMMANDS -> command(item);
                case TEXT -> textLine(requireNonNull(mail), item);
                case DEAF -> {}
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
     * The handshake begins when the reply has left. What the client, or somebody between, sent in clear behind its
     * STARTTLS is dropped: later it would pass for what came by TLS.
     */
    private void startTls(ServerTls tls) throws IOException {
        state = State.DEAF;
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
            mail = null; // whatever becomes of the connection now, this mail is delivered
            state = State.COMMANDS;
            dialog.reset();
            m.deliver(this::stored);
            storing = true;
        } else if (m.isEndless()) {
            warnings.add("sends a text without end");
            end("552 5.3.4 Too large a mail, closing");
        }
    }

    private void store() {
        if (mail != null && mail.isDue() && !storing) {
            storing = true;
            mail.store(() -> stored(""));
        }
    }

    /** The disk has done its work, and there may be a reply to give. */
    private void stored(String reply) {
        storing = false;
        timer.restart();
        if (!connected()) {
            return;
        }
        try {
            if (!reply.isEmpty()) {
                reply(reply);
            }
        } catch (IOException e) {
            handleError(e);
        }
        goOn();
        loop().refresh(this);
    }

    // Replies.

    private void reply(String reply) throws IOException {
        push(reply + "\r\n");
    }

    private void refuse(String reply) throws IOException {
        warnings.add("was told: " + reply);
        if (reply.startsWith("50") && ++errors == MAX_ERRORS) {
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

    // The end.

    private void idle() {
        warnings.add("is idle, closing");
        close("421 4.4.2 Idle for too long, closing");
    }

    /** Closes at once, with a last reply if there is room for it. */
    void close(String reply) {
        try {
            reply(reply);
            dropInput();
        } catch (IOException e) {
            log().debug("{} does not hear why it is closed", this, e);
        }
        close();
    }

    /** Closing over unread input would reset the connection, and the client might lose the last reply. */
    private void dropInput() throws IOException {
        int left = MANY_LINES;
        while (left > 0 && connected() && stream().read(readBuffer()) > 0) {
            left--;
        }
    }

    /** Replies that wait are still sent to a client that sends no more, unless that fails. */
    @Override
    public void handleClose() {
        if (state == State.DEAF || queued() == 0) {
            close();
        } else {
            state = State.DEAF;
            closeWhenDone();
        }
    }

    /**
     * Trouble with one client is a line in the log, and no matter to the others. Many close without the goodbye of TLS:
     * between two mails nothing can be missing.
     */
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

    @Override
    public void close() {
        state = State.DEAF;
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
