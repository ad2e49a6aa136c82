// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.chat.Producer;
import org.asyncore.chat.Terminator;
import org.asyncore.conformance.programs.Program.Part;
import org.asyncore.conformance.traces.HookFailure;
import org.jspecify.annotations.Nullable;

/** An actor that is an async_chat. */
final class ChatActor extends ChatDispatcher implements Actor {
    private static final int LAST_BYTES = 3; // of a producer that closes the actor

    private final Script script;
    private boolean collecting;
    private boolean counts; // the terminator is a number

    ChatActor(Script script) {
        super(script.run.loop());
        this.script = script;
        begin();
    }

    ChatActor(Script script, StreamChannel channel) {
        super(script.run.loop(), channel);
        this.script = script;
        script.channel = channel;
        begin();
    }

    private void begin() {
        Part part = script.part;
        if (part.in() != null) {
            setInBufferBytes(part.in());
        }
        if (part.out() != null) {
            setOutBufferBytes(part.out());
        }
        end(part.term());
    }

    /** Sets the terminator. Does nothing in collect while it is a number, because that is a row of the differences. */
    private void end(@Nullable Object terminator) {
        if (collecting && counts) {
            return;
        }
        counts = terminator instanceof Number;
        if (terminator instanceof Number n) {
            setTerminator(n.longValue());
        } else {
            setTerminator(terminator == null ? Terminator.NONE : Terminator.of(bytes(terminator)));
        }
    }

    private static byte[] bytes(Object text) {
        return text.toString().getBytes(ISO_8859_1);
    }

    /** Does an action of conversations. */
    void act(List<Object> action) throws IOException {
        switch (Actions.op(action)) {
            case "term" -> end(action.get(2));
            case "push" -> push(script.letters(Actions.number(action, 2)));
            case "say" -> push(bytes(action.get(2)));
            case "produce" -> pushWithProducer(producer(new ArrayDeque<>((List<?>) action.get(2))));
            case "done" -> closeWhenDone();
            case "discard" -> discard();
            default -> {
                // an action of other actors
            }
        }
    }

    private void discard() {
        if (!collecting) {
            discardBuffers();
        }
    }

    /** Returns a producer of blocks of these sizes. The text {@code boom} throws, any other text closes the actor. */
    private Producer producer(Deque<?> sizes) {
        return () -> {
            Object size = sizes.isEmpty() ? 0 : sizes.removeFirst();
            if (size instanceof Number n) {
                return ByteBuffer.wrap(script.letters(n.intValue()));
            }
            if (size.equals("boom")) {
                throw new HookFailure("more");
            }
            close();
            return ByteBuffer.wrap(script.letters(LAST_BYTES));
        };
    }

    @Override
    public void collectIncomingData(ByteBuffer data) throws Exception {
        String text = Script.text(data);
        collect(data);
        collecting = true;
        try {
            script.run("collect", " " + text, List.of());
        } finally {
            collecting = false;
        }
    }

    @Override
    public void foundTerminator() throws Exception {
        script.run("found", " " + Script.text(ByteBuffer.wrap(takeCollected())), List.of());
    }

    @Override
    public int send(ByteBuffer source) throws IOException {
        int offered = source.remaining();
        int sent = super.send(source);
        script.event("sent " + sent + " of " + offered);
        return sent;
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
