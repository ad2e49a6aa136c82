// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.tls.TlsChannel;
import org.jspecify.annotations.Nullable;

/** Fetches one URL over HTTP/1.0 or HTTPS, counts the bytes of the response, and logs every hook. */
final class HttpClient extends SocketDispatcher {
    private final String url;
    private final ByteBuffer request; // what is still to be sent
    private long received;
    private @Nullable Throwable failure;

    /** A client that is connecting already, or one that has failed. */
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
        InetSocketAddress server = parsed.address();
        log().info("{} connecting to {}:{}", url, server.getHostString(), server.getPort());
        createSocket(Addresses.family(server), SocketType.STREAM);
        if (parsed.secure()) {
            setSocket(TlsChannel.client(stream(), context, parsed.name(), parsed.port()));
        }
        connect(server);
    }

    String url() {
        return url;
    }

    /** The bytes of the response, head and body. */
    long received() {
        return received;
    }

    /** Why there is no response, or null. */
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
    protected void handleConnect() {
        log().info("{} handle_connect()", url);
    }

    @Override
    protected void handleWrite() throws IOException {
        int sent = send(request);
        log().info("{} handle_write() -> {} bytes", url, sent);
    }

    @Override
    protected void handleRead() throws IOException {
        byte[] data = recv(8192);
        received += data.length;
        log().info("{} handle_read() -> {} bytes", url, data.length);
    }

    @Override
    public void handleClose() {
        log().info("{} handle_close()", url);
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        failure = cause;
        close();
    }
}
