// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;

/** A conversation for scenarios, which records its input and keeps its items. */
class ChatProbe extends ChatDispatcher {
    final List<String> items = new ArrayList<>();
    boolean records = true;
    boolean recordsSends;

    private final Scenario scenario;
    private final String who;
    private final StringBuilder unseen =
            new StringBuilder(); // bytes from the peer that were neither collected nor a terminator

    @Nullable
    private Channel channel;

    ChatProbe(Scenario scenario, String who) {
        super(scenario.loop());
        this.scenario = scenario;
        this.who = who;
    }

    ChatProbe(Scenario scenario, String who, StreamChannel channel) {
        super(scenario.loop(), channel);
        this.channel = channel;
        this.scenario = scenario;
        this.who = who;
    }

    @Override
    public void setSocket(Channel channel) {
        super.setSocket(channel);
        this.channel = channel;
    }

    final void event(String hook, @Nullable Object... detail) {
        if (records) {
            scenario.trace().event(who, hook, detail);
        }
    }

    /** Waits until the kernel reports these ops, while this dispatcher is outside of the loop or has just joined it. */
    final void await(Ops ops) throws IOException {
        scenario.await(Objects.requireNonNull(channel), ops);
    }

    /** Notes a text that the peer has sent. */
    final void expect(String text) {
        unseen.append(text);
    }

    /** Returns the bytes that were received and not passed on yet: asyncore's {@code ac_in_buffer}. */
    final String held() {
        return unseen.toString();
    }

    /** Returns the bytes that were collected since the last item: {@code _get_data()}. */
    final String unfinished() {
        return new String(takeCollected(), ISO_8859_1);
    }

    @Override
    public void collectIncomingData(ByteBuffer data) {
        String text = ISO_8859_1.decode(data.duplicate()).toString();
        event("collect_incoming_data", "data", text);
        unseen.delete(0, text.length());
        collect(data);
    }

    @Override
    public void foundTerminator() {
        if (terminator() != null) {
            unseen.delete(0, terminator().bytes().length);
        }
        String item = unfinished();
        items.add(item);
        event("found_terminator", "data", item);
    }

    @Override
    public int send(ByteBuffer source) throws IOException {
        int offered = source.remaining();
        int sent = super.send(source);
        if (recordsSends) {
            event("send", "offered", offered, "sent", sent);
        }
        return sent;
    }

    @Override
    public void handleConnect() throws IOException {
        event("handle_connect");
    }

    @Override
    public void handleClose() {
        event("handle_close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        event("handle_error", "error", ErrorNames.name(cause));
        handleClose();
    }
}
