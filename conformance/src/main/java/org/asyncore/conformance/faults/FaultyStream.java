// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.asyncore.channels.ForwardingStreamChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A stream that moves less than it could, connects late or not at all, and is reset. A reset is one for the peer, too,
 * when the stream is closed.
 */
final class FaultyStream extends ForwardingStreamChannel {
    private final FaultyBackend backend;
    private final FaultPlan plan;
    private boolean established; // as finishConnect has returned
    private boolean refused;
    private @Nullable IOException failure; // of all calls to come

    FaultyStream(StreamChannel stream, FaultyBackend backend, FaultPlan plan) {
        super(stream);
        this.backend = backend;
        this.plan = plan;
        established = stream.isConnected();
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        if (plan.strikes(Fault.REFUSED_CONNECT)) {
            throw new ConnectException("Connection refused (fault on purpose)");
        }
        established = super.connect(remote);
        return established;
    }

    @Override
    public boolean finishConnect() throws IOException {
        throwFailure();
        if (!established) {
            if (plan.strikes(Fault.SLOW_CONNECT)) {
                return false;
            }
            established = super.finishConnect();
            if (established && plan.strikes(Fault.REFUSED_CONNECT)) {
                refused = true;
                fail(new ConnectException("Connection refused (fault on purpose)"));
            }
            return established;
        }
        return super.finishConnect();
    }

    @Override
    public boolean isConnected() {
        return !refused && super.isConnected();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        resetPerhaps();
        return Transfers.read(target, plan, super::read);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        resetPerhaps();
        return Transfers.write(source, plan, super::write);
    }

    private void resetPerhaps() throws IOException {
        throwFailure();
        if (established && isOpen() && plan.strikes(Fault.RESET)) {
            fail(new IOException("Connection reset (fault on purpose)"));
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null && isOpen()) {
            throw failure;
        }
    }

    private void fail(IOException cause) throws IOException {
        failure = cause;
        resetAtClose(wrapped());
        throw cause;
    }

    /** Lets close(2) reset the connection, if it can. */
    static void resetAtClose(StreamChannel stream) throws IOException {
        if (stream.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) { // not on Unix-domain sockets of nio
            stream.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (failure == null) {
            super.shutdownOutput();
        }
    }

    @Override
    public ServerChannel listen(int backlog) throws IOException {
        return backend.server(super.listen(backlog));
    }
}
