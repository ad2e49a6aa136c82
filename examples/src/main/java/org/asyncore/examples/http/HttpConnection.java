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
 * A connection of a client. It parses requests line by line, drops bodies, and queues an {@link HttpResponseProducer}
 * for each request, in order. While responses are unsent, nothing more is read, and no more responses are made to what
 * was read already: a few bytes can ask for many, and a client that does not read must not fill memory.
 */
final class HttpConnection extends ChatDispatcher {
    private static final Terminator CRLF = Terminator.of("\r\n");
    private static final int BODY_BYTES = 1 << 20;
    private static final int READ_BYTES = 16384;
    private static final int MAX_QUEUED_BYTES = 16384; // of unsent responses
    private static final int RESPONSES_PER_TURN = 16; // so that other clients are served too

    /** The most bytes that a connection keeps without TLS: one read, and a response's head and a block of its file. */
    static final int MAX_KEPT_BYTES = 80 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final HttpSite site;
    private final HttpRequestParser parser = new HttpRequestParser();
    private TimerHandle timeout; // replaced by end()
    private @Nullable HttpRequest waiting; // a request whose body has not ended
    private final PushbackBuffer pushedBack = new PushbackBuffer(); // behind the last request that was answered
    private boolean pausing; // what is received is pushed back
    private int responses; // to this read
    private boolean ending; // no further request is answered
    private boolean closing; // the server ends: the request that has begun is the last
    private boolean answered; // at least one request
    private boolean ended; // the peer sends no more

    private HttpConnection(Loop loop, StreamChannel channel, HttpSite site) {
        super(loop, channel);
        this.site = site;
        setTerminator(CRLF);
        setItemLimit(HttpRequestParser.LINE_BYTES);
        setInBufferBytes(READ_BYTES);
        setGathering(true);
        timeout = loop.schedule(site.idle(), this::giveUp);
    }

    /** Serves an accepted connection, over TLS if the site has it. */
    static void serve(Loop loop, StreamChannel channel, HttpSite site) {
        ServerTls tls = site.tls();
        new HttpConnection(loop, tls == null ? channel : tls.over(channel), site);
    }

    // Requests.

    /** Receives the bytes that were pushed back, or, if there are none, from the system. */
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
            return; // part of a body, or behind the last request
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
                respond(request);
            }
        } catch (HttpRefusal e) {
            refuse(e);
        }
    }

    private boolean awaitsBody(HttpRequest request) throws HttpRefusal, IOException {
        boolean expects = request.expectsContinue();
        long bytes = request.bodyBytes();
        if (bytes > BODY_BYTES) {
            throw new HttpRefusal(HttpStatus.CONTENT_TOO_LARGE, "the body is longer than " + BODY_BYTES + " bytes");
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
                        ? new HttpRefusal(HttpStatus.URI_TOO_LONG, "the request line is too long")
                        : new HttpRefusal(HttpStatus.HEADERS_TOO_LARGE, "a header field is too long"));
    }

    // Responses.

    private void respond(HttpRequest request) throws IOException {
        answered = true;
        timeout.restart();
        setItemLimit(HttpRequestParser.LINE_BYTES);
        setTerminator(CRLF);
        pushWithProducer(new HttpResponseProducer(request, site));
        if (!request.keepsAlive() || closing) {
            end();
        } else if (++responses == RESPONSES_PER_TURN || queued() > 1 || queuedBytes() > MAX_QUEUED_BYTES) {
            pausing = true;
            setTerminator(Terminator.NONE);
        }
    }

    /** Ends a pause in the next turn, if the responses before it are sent. */
    private void endPause() {
        if (pausing && queued() == 0) {
            loop().execute(this::resume);
        }
    }

    /** Goes on with the bytes that were pushed back. */
    private void resume() {
        if (!pausing || queued() > 0) {
            return; // closed meanwhile, or called twice
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
     * Ends the output after the queued responses, and drops further input. Closing with unread input would reset the
     * connection, and the peer might lose the last response (RFC 9112, 9.6).
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
        responses = 0;
        super.handleReadEvent();
        endPause();
    }

    @Override
    public void handleWriteEvent() throws Exception {
        super.handleWriteEvent();
        timeout.restart();
        endPause();
    }

    // The end.

    /** Called when a request, or room for more of a response, did not come in time. */
    private void giveUp() {
        long seconds = site.idle().toSeconds();
        if (stream() instanceof TlsChannel tls && !tls.isEstablished()) {
            log().warn("{}: closing: no TLS handshake in {} s", remoteAddress(), seconds);
            close();
            return;
        }
        if (queued() > 0 || (answered && isIdle())) {
            close(); // within a response, or between two requests: no request waits for a response
            return;
        }
        timeout.restart(); // for sending the response
        try {
            refuse(new HttpRefusal(HttpStatus.REQUEST_TIMEOUT, "no request in " + seconds + " s"));
        } catch (IOException e) {
            handleError(e);
        }
    }

    /** Closes, after sending the queued responses: a peer that has half-closed may still read them. */
    @Override
    public void handleClose() {
        if (!ended && queued() > 0) {
            ended = true;
            closeWhenDone();
        } else {
            close();
        }
    }

    /** Ends after the queued responses, and the response to a request that has begun. */
    @Override
    public void handleShutdown() {
        if (!isIdle()) {
            closing = true;
        } else if (queued() == 0) {
            close();
        } else if (!ending) {
            end();
        }
    }

    /** Returns true if no request has begun. */
    private boolean isIdle() {
        return waiting == null && parser.isFresh();
    }

    /**
     * Logs and closes. A stream that ends without the {@code close_notify} of TLS is no error between two requests,
     * because many clients close like that, and nothing can be missing.
     */
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
