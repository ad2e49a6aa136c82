// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Terminator;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.examples.shared.PushbackBuffer;
import org.asyncore.examples.shared.ServerTls;
import org.asyncore.tls.TlsChannel;
import org.asyncore.tls.TruncationException;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests line by line, bodies dropped, and an {@link HttpResponseProducer} for each, in their order.
 * While answers wait to be sent nothing more is read, and no further answer is made of what was read already: a few
 * bytes ask for many, and a client that does not read must not fill memory.
 */
final class HttpConnection extends ChatDispatcher {
    private static final Terminator CRLF = Terminator.of("\r\n");
    private static final int BODY_BYTES = 1 << 20;
    private static final int READ_BYTES = 16384;
    private static final int MUCH_BYTES = 16384; // in answers that wait to be sent
    private static final int MANY_ANSWERS = 16; // in one turn, in which others want to be served too

    /** What a connection without TLS may keep: what was read, and an answer's head and a block of its file. */
    static final int MAX_KEPT_BYTES = 80 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final HttpSite site;
    private final HttpRequestParser parser = new HttpRequestParser();
    private TimerHandle timeout; // replaced by end()
    private @Nullable HttpRequest waiting; // for the end of its body
    private final PushbackBuffer pushedBack = new PushbackBuffer(); // behind a request whose answer did not fit
    private boolean pausing; // what is being received is for later
    private int answers; // to what this read has brought
    private boolean ending; // no further request is answered
    private boolean answered; // at least one
    private boolean ended; // the peer sends no more

    private HttpConnection(Loop loop, StreamChannel channel, HttpSite site) {
        super(loop, channel);
        this.site = site;
        setTerminator(CRLF);
        setItemLimit(HttpRequestParser.LINE_BYTES);
        setInBufferBytes(READ_BYTES);
        setGathering(true);
        timeout = loop.schedule(site.idle(), this::handleTimeout);
    }

    /** Serves an accepted connection, by TLS if the site has it. */
    static void serve(Loop loop, StreamChannel channel, HttpSite site) {
        ServerTls tls = site.tls();
        new HttpConnection(loop, tls == null ? channel : tls.over(channel), site);
    }

    // Requests.

    /** What was received before, once its time has come, or what the system has. */
    @Override
    public int recv(ByteBuffer target) throws IOException {
        return pushedBack.isEmpty() ? super.recv(target) : pushedBack.moveTo(target);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) throws IOException {
        if (pausing) {
            pushedBack.add(data);
            return;
        }
        if (waiting != null || ending) {
            return; // of a body, or too late
        }
        try {
            parser.add(data);
        } catch (HttpRefusal e) {
            refuse(e);
        }
    }

    @Override
    public void foundTerminator() throws IOException {
        try {
            HttpRequest request = waiting == null && !ending ? parser.endLine() : waiting;
            if (request != null && (waiting != null || !awaitsBody(request))) {
                waiting = null;
                answer(request);
            }
        } catch (HttpRefusal e) {
            refuse(e);
        }
    }

    private boolean awaitsBody(HttpRequest request) throws HttpRefusal, IOException {
        boolean expects = request.expectsContinue();
        long bytes = request.bodyBytes();
        if (bytes > BODY_BYTES) {
            throw new HttpRefusal(HttpStatus.CONTENT_TOO_LARGE, "a body of more than " + BODY_BYTES + " bytes");
        }
        if (bytes == 0) {
            return false;
        }
        waiting = request;
        setItemLimit(BODY_BYTES);
        setTerminator(bytes);
        if (expects) {
            push("HTTP/1.1 " + HttpStatus.CONTINUE + "\r\n\r\n");
        }
        return true;
    }

    @Override
    public void handleOverflow() throws IOException {
        refuse(
                parser.isInFirstLine()
                        ? new HttpRefusal(HttpStatus.URI_TOO_LONG, "a line that is too long")
                        : new HttpRefusal(HttpStatus.HEADERS_TOO_LARGE, "a field that is too long"));
    }

    // Answers.

    private void answer(HttpRequest request) throws IOException {
        answered = true;
        timeout.restart();
        setItemLimit(HttpRequestParser.LINE_BYTES);
        setTerminator(CRLF);
        pushWithProducer(new HttpResponseProducer(request, site));
        if (!request.keepsAlive()) {
            end();
        } else if (++answers == MANY_ANSWERS || queued() > 1 || queuedBytes() > MUCH_BYTES) {
            pausing = true;
            setTerminator(Terminator.NONE);
        }
    }

    /** Ends a pause in the next turn, if the answers to what preceded it have left. */
    private void endPause() {
        if (pausing && queued() == 0) {
            loop().execute(this::goOn);
        }
    }

    /** Goes on with what was received before. */
    private void goOn() {
        if (!pausing || queued() > 0) {
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

    private void refuse(HttpRefusal refusal) throws IOException {
        log().warn("{}: {}: {}", remoteAddress(), refusal.status, refusal.getMessage());
        push(HttpResponseHead.to(refusal, site.dates())
                .with("Connection", "close")
                .end(String.valueOf(refusal.getMessage()), parser.isHead()));
        end();
    }

    /**
     * Ends the sending direction after the answers, and drops what still comes: closing over unread input would reset
     * the connection, and the peer might lose the last answer (RFC 9112, 9.6).
     */
    private void end() {
        ending = true;
        setTerminator(Terminator.NONE);
        runWhenDone(() -> {
            timeout.cancel();
            timeout = loop().schedule(LINGER, this::close);
            endOutput();
        });
    }

    private void endOutput() {
        try {
            shutdownOutput();
        } catch (IOException e) {
            close(); // the peer is gone
        }
    }

    @Override
    public boolean readable() {
        return super.readable() && queued() == 0 && !pausing && !ended;
    }

    @Override
    public void handleReadEvent() throws Exception {
        answers = 0;
        super.handleReadEvent();
        endPause();
    }

    @Override
    public void handleWriteEvent() throws Exception {
        super.handleWriteEvent();
        timeout.restart();
        endPause();
    }

    // Ends.

    /** Too long without a request, or without room for more of an answer. */
    private void handleTimeout() {
        long seconds = site.idle().toSeconds();
        if (stream() instanceof TlsChannel tls && !tls.isEstablished()) {
            log().warn("{}: closing: no TLS handshake in {} s", remoteAddress(), seconds);
            close();
            return;
        }
        if (queued() > 0 || (answered && isIdle())) {
            close(); // in the middle of an answer, or between two requests: there is nothing to answer
            return;
        }
        timeout.restart(); // for the answer to leave
        try {
            refuse(new HttpRefusal(HttpStatus.REQUEST_TIMEOUT, "no request in " + seconds + " s"));
        } catch (IOException e) {
            handleError(e);
        }
    }

    /** A peer that has sent its end may still read the answers. */
    @Override
    public void handleClose() {
        if (!ended && queued() > 0) {
            ended = true;
            closeWhenDone();
        } else {
            close();
        }
    }

    /** Whether no request has begun. */
    private boolean isIdle() {
        return waiting == null && parser.isFresh();
    }

    /** Many clients close without the goodbye of TLS: if no request has begun, nothing can be missing. */
    @Override
    public void handleError(Throwable cause) {
        if (cause instanceof TruncationException && (isIdle() || ending)) {
            handleClose();
            return;
        }
        log().warn("{}: closing: {}", remoteAddress(), ErrorMessages.of(cause));
        close();
    }

    @Override
    public void close() {
        timeout.cancel();
        pausing = false;
        pushedBack.clear();
        super.close();
    }
}
