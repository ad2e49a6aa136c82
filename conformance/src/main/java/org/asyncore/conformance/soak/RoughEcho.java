// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.TimeLimit;
import org.asyncore.channels.StreamChannel;

/** Echoes until it closes, resets the connection, reads no more or finds that the peer takes too long. */
final class RoughEcho extends BufferedDispatcher {
    /** The ways in which the server ends. */
    private enum Ending {
        CLOSES,
        RESETS,
        STALLS,
        IS_IMPATIENT
    }

    private final List<String> complaints;
    private final Ending ending;
    private final int endAfterBytes;
    private int bytes;

    RoughEcho(Loop loop, StreamChannel connection, SplittableRandom random, List<String> complaints) {
        super(loop, connection);
        this.complaints = complaints;
        ending = Ending.values()[random.nextInt(Ending.values().length)];
        endAfterBytes = random.nextInt(1 << random.nextInt(18));
        setWaterMarks(65_536, 4_096);
        setTimeLimit(TimeLimit.IDLE, Duration.ofMillis(100 + random.nextInt(2_000)));
    }

    @Override
    public boolean readable() {
        return super.readable() && !(ending == Ending.STALLS && bytes > endAfterBytes);
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer input = readBuffer();
        int n = recv(input);
        if (n <= 0) {
            return;
        }
        bytes += n;
        send(input.flip());
        if (bytes > endAfterBytes) {
            cut();
        }
    }

    private void cut() throws IOException {
        if (ending == Ending.RESETS) {
            setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        if (ending == Ending.RESETS || ending == Ending.CLOSES) {
            close();
        }
    }

    @Override
    public void handleClose() {
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        complaints.add(this + ": " + cause);
        close();
    }
}
