// SPDX-License-Identifier: Apache-2.0
package app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.tls.TlsChannel;

/** Overrides methods with {@code @Nullable} in their signatures, and sends itself a line. */
final class Main extends ChatDispatcher {
    private Main(Loop loop, SocketAddress server) throws IOException {
        super(loop);
        setTerminator("\n");
        createSocket();
        connect(server);
        push("hello on " + loop.pollerName() + "\n");
        closeWhenDone();
    }

    private Main(Loop loop, StreamChannel channel) {
        super(loop, channel);
        setTerminator("\n");
    }

    public static void main(String[] args) throws IOException {
        try (Loop loop = Loop.open()) {
            new Main(loop, new Listener(loop).localAddress());
            loop.run();
        }
    }

    @Override
    public void handleConnect() {
        log().debug("{} is connected", this);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        collect(data);
    }

    @Override
    public void foundTerminator() {
        System.out.println(new String(takeCollected(), StandardCharsets.UTF_8));
    }

    /** Starts TLS in the middle of the connection. */
    void startTls(String host) throws NoSuchAlgorithmException {
        setSocket(TlsChannel.client(stream(), SSLContext.getDefault(), host, 443));
    }

    private static final class Listener extends SocketDispatcher {
        Listener(Loop loop) throws IOException {
            super(loop);
            createSocket();
            setReuseAddr();
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listen(5);
        }

        @Override
        public StreamChannel accept() throws IOException {
            StreamChannel channel = super.accept();
            if (channel != null) {
                close();
            }
            return channel;
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) {
            new Main(loop(), channel);
        }
    }
}
