// SPDX-License-Identifier: Apache-2.0
package shown;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.spi.Backend;
import org.asyncore.channels.StreamChannel;

/** The names that code on a page or in a Javadoc may use without declaring them, because the text explains them. */
public abstract class Frame extends ChatDispatcher {
    protected Loop loop;
    protected Loop other;
    protected Dispatcher dispatcher;
    protected Dispatcher listener;
    protected EchoHandler handler;
    protected SSLContext context;
    protected StreamChannel channel;
    protected Backend backend;
    protected Executor executor;
    protected byte[] answer;
    protected Window window;
    protected String line;

    protected Frame(Loop loop) {
        super(loop);
    }

    protected Frame(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        collect(data);
    }

    @Override
    public void foundTerminator() {
        takeCollected();
    }

    public static class Window {
        public void show(String line) {}
    }

    public static class EchoHandler extends BufferedDispatcher {
        public EchoHandler(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }
    }

    public static class Handler extends EchoHandler {
        public Handler(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }
    }
}
