// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimerHandle;
import org.asyncore.conformance.soak.SoakPlan.Ending;
import org.asyncore.conformance.soak.SoakPlan.Pausing;
import org.jspecify.annotations.Nullable;

/** A client that sends the bytes of its plan, and checks those that come back. */
final class SoakClient extends SocketDispatcher {
    private final SoakClients clients;
    private final SoakPlan plan;
    private int sent;
    private int received;
    private int pause = 1; // the next one
    private @Nullable TimerHandle pausing; // not null during a pause
    private boolean shut; // its sending direction is
    private boolean ended;

    SoakClient(SoakClients clients, SoakPlan plan) {
        super(clients.loop());
        this.clients = clients;
        this.plan = plan;
    }

    /** Connects. */
    void begin(SocketAddress server) {
        try {
            createSocket();
            if (plan.salt() % 2 == 0) {
                setOption(StandardSocketOptions.SO_RCVBUF, SoakPlan.SMALL_BUFFER_BYTES);
            }
            connect(server);
        } catch (IOException e) {
            fail("cannot connect: " + e);
        }
    }

    private boolean stops(Pausing direction) {
        return pausing != null && (plan.pausing() == direction || plan.pausing() == Pausing.BOTH);
    }

    @Override
    public boolean readable() {
        return !stops(Pausing.READING);
    }

    @Override
    public boolean writable() {
        return connecting() || (sent < plan.bytes() && !stops(Pausing.WRITING));
    }

    @Override
    public void handleConnect() {
        if (plan.ending() == Ending.QUITS_AT_CONNECT) {
            end();
        }
    }

    @Override
    public void handleWrite() throws IOException {
        ByteBuffer bytes = borrowBuffer();
        try {
            Pattern.put(bytes, (long) plan.salt() + sent, Math.min(bytes.remaining(), plan.bytes() - sent));
            sent += send(bytes.flip());
        } finally {
            returnBuffer(bytes);
        }
        shutPerhaps();
    }

    private void shutPerhaps() throws IOException {
        if (!ended && !shut && sent == plan.bytes() && plan.ending() == Ending.HALF_CLOSES) {
            shut = true;
            shutdownOutput();
        }
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer bytes = readBuffer();
        int n = recv(bytes);
        if (n <= 0) {
            return;
        }
        if (received + n > sent) {
            fail("has received more than it has sent");
        } else if (!Pattern.matches(bytes.flip(), (long) plan.salt() + received)) {
            fail("has received wrong bytes");
        }
        received += n;
        clients.received(n);
        proceed();
    }

    private void proceed() throws IOException {
        boolean cutting = plan.ending() == Ending.CUTS || plan.ending() == Ending.RESETS;
        if (ended) {
            return;
        }
        if (cutting && received >= plan.endAt()) {
            if (plan.ending() == Ending.RESETS) {
                setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            end();
        } else if (received == plan.bytes() && plan.ending() == Ending.CLOSES) {
            end();
        } else if (pausing == null && pause <= plan.pauses() && received >= plan.pauseAt(pause)) {
            pause++;
            pausing = loop().schedule(clients.length(plan), this::resume);
        }
    }

    private void resume() {
        pausing = null;
        if (!ended) {
            loop().refresh(this);
        }
    }

    @Override
    public void handleClose() {
        cutUnlessComplete("the end of the stream");
    }

    @Override
    public void handleLost(IOException cause) {
        cutUnlessComplete(cause.toString());
    }

    @Override
    public void handleError(Throwable cause) {
        if (cause instanceof IOException && plan.rough() && connecting()) { // reset before the attempt was finished
            end();
        } else {
            fail(cause.toString());
        }
    }

    private void cutUnlessComplete(String how) {
        if (received == plan.bytes() || plan.rough()) {
            end();
        } else {
            fail(how);
        }
    }

    private void fail(String how) {
        clients.complain(this + ": " + how);
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (pausing != null) {
                pausing.cancel();
            }
            close();
            clients.ended(this);
        }
    }

    /** Ends a pause that lasts until the end of the soak. */
    void wake() {
        if (pausing != null) {
            pausing.cancel();
            pausing = loop().schedule(Duration.ZERO, this::resume);
        }
    }

    @Override
    public String toString() {
        return "client after " + sent + " bytes sent and " + received + " received, " + plan;
    }
}
