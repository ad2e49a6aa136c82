// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimerHandle;
import org.asyncore.tls.TlsChannel;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one URL over HTTP/1.0 or HTTPS, counts the bytes of the response, and logs every hook. A response that is cut
 * short is a failure, an error status is not. Redirects are not followed.
 */
final class HttpClient extends SocketDispatcher {
    private static final int READ_BYTES = 8192;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String url;
    private final HttpResponseParser reply = new HttpResponseParser();
    private final ByteBuffer request; // its unsent rest
    private long received;
    private @Nullable Throwable failure;
    private @Nullable TimerHandle deadline; // set once the response is complete

    /** Begins to connect. If that fails at once, {@link #failure} returns why. */
    HttpClient(Loop loop, String url, SSLContext context) {
        super(loop);
        this.url = url;
        ByteBuffer bytes = ByteBuffer.allocate(0);
        try {
            HttpUrl parsed = HttpUrl.parse(url);
            bytes = ByteBuffer.wrap(parsed.request());
            connectTo(parsed, context);
        } catch (IOException e) {
            handleError(e);
        }
        request = bytes;
    }

    private void connectTo(HttpUrl parsed, SSLContext context) throws IOException {
        String host = parsed.name();
        int port = parsed.port();
        log().info("{} connecting to {}:{}", url, parsed.host(), port);
        connect(host, port, tcp -> parsed.secure() ? TlsChannel.client(tcp, context, host, port) : tcp);
    }

    String url() {
        return url;
    }

    /** Returns how many bytes of the response have come, head and body. */
    long received() {
        return received;
    }

    /** Returns why there is no complete response, or null if nothing has failed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public boolean readable() {
        log().info("{} readable() -> true", url);
        return true;
    }

    @Override
    public boolean writable() {
        boolean writable = request.hasRemaining();
        if (writable) {
            log().info("{} writable() -> true", url);
        }
        return writable;
    }

    @Override
    public void handleConnect() {
        log().info("{} handle_connect()", url);
    }

    @Override
    public void handleWrite() throws IOException {
        int sent = send(request);
        log().info("{} handle_write() -> {} bytes", url, sent);
    }

    /** Reads from the stream itself, so that a lost connection throws and is not taken for the end of the response. */
    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer().limit(READ_BYTES);
        int n = stream().read(buffer);
        if (n < 0) {
            handleClose();
        }
        received += Math.max(0, n);
        log().info("{} handle_read() -> {} bytes", url, Math.max(0, n));
        reply.add(buffer.flip());
        if (reply.isComplete() && deadline == null && connected()) {
            deadline = loop().schedule(CLOSE_TIMEOUT, this::close); // the server should close, but may not
        }
    }

    /** Called when the server has ended the stream, or when {@link #send} finds the connection lost. */
    @Override
    public void handleClose() throws IOException {
        log().info("{} handle_close()", url);
        close();
        if (failure == null) {
            reply.end();
        }
    }

    /** Keeps the first failure. An error after a complete response is none. */
    @Override
    public void handleError(Throwable cause) {
        if (failure == null && !reply.isComplete()) {
            failure = cause;
        }
        close();
    }

    @Override
    public void close() {
        super.close();
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
