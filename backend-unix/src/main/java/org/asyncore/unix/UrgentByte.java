// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static org.asyncore.unix.SystemNumbers.HERE;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the urgent byte without {@code MSG_OOB}, which Netty's sockets do not have. Linux only.
 *
 * <p>With {@code SO_OOBINLINE} the urgent byte is read like any other, so it is switched on for one read of one byte:
 * when the bytes before it have been read, and never else, for that byte would be an ordinary one. Where the mark is, the
 * system tells through the count of readable bytes, which ends before the urgent byte, or includes it when it is inline
 * ({@code tcp_inq} in {@code include/net/tcp.h}). An ordinary read that begins at the mark would skip the byte.
 */
final class UrgentByte {
    private static final int TCP_ZEROCOPY_RECEIVE = 35; // linux/tcp.h, since 4.18
    private static final int STRUCT_BYTES = 24;
    private static final int RECV_SKIP_HINT = 12;

    private UrgentByte() {}

    /** The byte, or -1 if there is none or bytes before it wait to be read. */
    static int take(Socket socket, Object channel) throws IOException {
        try {
            inline(socket, true);
            try {
                if (readable(socket) == 0 || !atMark(socket)) {
                    return -1;
                }
                ByteBuffer scratch = Scratch.buffer();
                return socket.recv(scratch, 0, 1) == 1 ? scratch.get(0) & 0xff : -1;
            } finally {
                inline(socket, false);
            }
        } catch (IOException | ChannelException e) {
            throw Failures.at(channel, e);
        }
    }

    /** Bytes are there when it is inline, and none when it is not: the first must be the urgent one. */
    private static boolean atMark(Socket socket) throws IOException {
        inline(socket, false);
        int before = readable(socket);
        inline(socket, true);
        return before == 0;
    }

    private static void inline(Socket socket, boolean on) throws IOException {
        socket.setIntOpt(HERE.solSocket, HERE.soOobInline, on ? 1 : 0);
    }

    /**
     * {@code FIONREAD}, which Netty does not have either: a request for no pages answers with the count while that is less
     * than a page, and else with EINVAL.
     */
    private static int readable(Socket socket) throws IOException {
        ByteBuffer request = ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());
        try {
            socket.getRawOpt(SystemNumbers.IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, request);
        } catch (ChannelException e) {
            return Integer.MAX_VALUE;
        }
        return request.getInt(RECV_SKIP_HINT);
    }
}
