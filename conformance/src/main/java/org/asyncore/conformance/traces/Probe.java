// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.channels.Channel;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A dispatcher for scenarios. It records its hooks, sends the text of {@link #out}, and keeps its input. */
class Probe extends SocketDispatcher {
    private final Scenario scenario;
    final String who;
    int writeBytes = 512;
    boolean recordsPredicates;
    boolean closesOnError = true;
    String out = "";
    String got = "";

    @Nullable
    Channel channel;

    Probe(Scenario scenario, String who) {
        super(scenario.loop());
        this.scenario = scenario;
        this.who = who;
    }

    Probe(Scenario scenario, String who, StreamChannel channel) {
        super(scenario.loop(), channel);
        this.scenario = scenario;
        this.who = who;
        this.channel = channel;
    }

    final void event(String hook, @Nullable Object... detail) {
        scenario.trace().event(who, hook, detail);
    }

    @Override
    public void setSocket(Channel channel) {
        super.setSocket(channel);
        this.channel = channel;
    }

    @Override
    public boolean readable() {
        if (recordsPredicates) {
            event("readable", "result", true);
        }
        return true;
    }

    @Override
    public boolean writable() {
        boolean result = connecting() || !out.isEmpty();
        if (recordsPredicates) {
            event("writable", "result", result);
        }
        return result;
    }

    @Override
    public void handleConnect() {
        event("handle_connect");
    }

    @Override
    public void handleRead() throws IOException {
        byte[] data = recv(512);
        got += new String(data, ISO_8859_1);
        event("handle_read", "bytes", data.length);
    }

    @Override
    public void handleWrite() throws IOException {
        int sent = send(out.substring(0, Math.min(writeBytes, out.length())).getBytes(ISO_8859_1));
        out = out.substring(sent);
        event("handle_write", "sent", sent);
    }

    @Override
    public void handleExpt() throws IOException {
        event("handle_expt");
    }

    @Override
    public void handleClose() {
        event("handle_close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        event("handle_error", "error", ErrorNames.name(cause));
        if (closesOnError) {
            handleClose();
        }
    }
}
