// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.List;
import org.asyncore.BufferedDispatcher;
import org.asyncore.channels.StreamChannel;

/** An actor that is a dispatcher_with_send. */
final class BufferedActor extends BufferedDispatcher implements Actor {
    private final Script script;

    BufferedActor(Script script) {
        super(script.run.loop());
        this.script = script;
    }

    BufferedActor(Script script, StreamChannel channel) {
        super(script.run.loop(), channel);
        this.script = script;
        script.channel = channel;
    }

    @Override
    public Script script() {
        return script;
    }

    @Override
    public void setSocket(Channel channel) {
        super.setSocket(channel);
        script.channel = channel;
    }

    @Override
    public boolean readable() {
        return script.answer(script.readable, connecting(), super::readable);
    }

    @Override
    public boolean writable() {
        return script.answer(script.writable, connecting(), super::writable);
    }

    @Override
    public void handleRead() throws Exception {
        script.run("handle_read");
    }

    @Override
    public void handleWrite() throws IOException {
        script.run("handle_write", "", List.of("default", "self", "handle_write"));
    }

    @Override
    public void handleConnect() throws IOException {
        script.run("handle_connect");
    }

    @Override
    public void handleAccept() throws Exception {
        script.run("handle_accept", "", List.of("default", "self", "handle_accept"));
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws Exception {
        script.run("handle_accepted");
        script.run.adopt(script.part.adopts(), channel);
    }

    @Override
    public void handleClose() throws IOException {
        script.handleClose();
    }

    @Override
    public void handleError(Throwable cause) {
        script.handleError(cause);
    }

    @Override
    public void close() {
        script.close();
        super.close();
    }

    @Override
    public void hook(String name) throws Exception {
        switch (name) {
            case "handle_read" -> handleRead();
            case "handle_write" -> handleWrite();
            case "handle_connect" -> handleConnect();
            default -> handleClose();
        }
    }

    @Override
    public void defaultHook(String name) throws Exception {
        switch (name) {
            case "handle_accept" -> super.handleAccept();
            case "handle_write" -> super.handleWrite();
            case "handle_error" -> super.handleError(script.cause());
            default -> super.handleClose();
        }
    }
}
