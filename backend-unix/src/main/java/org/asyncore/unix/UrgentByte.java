// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the urgent byte without {@code MSG_OOB}, which Netty's sockets do not have. Linux only.
 *
 * <p>With {@code SO_OOBINLINE} the urgent byte is read like any other, so the option is set for one read of one byte. This
 * is done only after the bytes before the urgent one have been read; before that, the byte would be an ordinary one. The
 * count of readable bytes shows the place of the urgent byte: the count ends before it, or includes it when it is inline
 * ({@code tcp_inq} in {@code include/net/tcp.h}). An ordinary read that begins at the urgent byte would skip it.
 */
final class UrgentByte {
    private static final int TCP_ZEROCOPY_RECEIVE = 35; // linux/tcp.h, since 4.18
    private static final int STRUCT_BYTES = 24;
    private static final int RECV_SKIP_HINT = 12;

    private UrgentByte() {}

    /** Returns the byte, or -1 if there is none or bytes before it are still to be read. */
    static int take(Socket socket, Object channel) throws IOException {
        try {
            inline(socket, true);
            try {
                if (readable(socket) == 0 || !atMark(socket)) {
                    return -1;
                }
                ByteBuffer scratch = ScratchBuffer.get();
                return socket.recv(scratch, 0, 1) == 1 ? scratch.get(0) & 0xff : -1;
            } finally {
                inline(socket, false);
            }
        } catch (IOException | ChannelException e) {
            throw Errnos.at(channel, e);
        }
    }

    /** Returns true if bytes are readable with the option and none without: then the first is the urgent one. */
    private static boolean atMark(Socket socket) throws IOException {
        inline(socket, false);
        int before = readable(socket);
        inline(socket, true);
        return before == 0;
    }

    private static void inline(Socket socket, boolean on) throws IOException {
        socket.setIntOpt(SystemConstants.SOL_SOCKET, SystemConstants.SO_OOBINLINE, on ? 1 : 0);
    }

    /**
     * Returns the count of readable bytes. Netty has no {@code FIONREAD}, but a request for no pages returns the count while
     * it is less than a page, and EINVAL otherwise.
     */
    private static int readable(Socket socket) throws IOException {
        ByteBuffer request = ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());
        try {
            socket.getRawOpt(SystemConstants.IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, request);
        } catch (ChannelException e) {
            return Integer.MAX_VALUE;
        }
        return request.getInt(RECV_SKIP_HINT);
    }
}
