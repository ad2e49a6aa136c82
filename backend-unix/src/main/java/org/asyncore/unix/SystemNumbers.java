// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.util.Locale;
import java.util.Set;

/** Numbers of the system's headers that Netty has no names for. Chosen by system, not by kernel queue. */
enum SystemNumbers {
    /** {@code asm-generic/socket.h}, {@code linux/tcp.h}, {@code asm-generic/errno.h}. */
    LINUX(1, 10, 4, 5, 6, Set.of(71, 103), 111),
    /** Of macOS: {@code sys/socket.h}, {@code netinet/tcp.h}, {@code sys/errno.h}. */
    DARWIN(0xffff, 0x100, 0x10, 0x101, 0x102, Set.of(53, 100), 61);

    static final SystemNumbers HERE =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux") ? LINUX : DARWIN;

    static final int IPPROTO_TCP = 6;
    /** Linux only, as what it is for. */
    static final int TCP_QUICKACK = 12;

    final int solSocket;
    final int soOobInline;
    final int tcpKeepIdle;
    final int tcpKeepInterval;
    final int tcpKeepCount;
    private final Set<Integer> gone; // EPROTO, ECONNABORTED
    private final int refused; // ECONNREFUSED

    SystemNumbers(int solSocket, int soOobInline, int idle, int interval, int count, Set<Integer> gone, int refused) {
        this.solSocket = solSocket;
        this.soOobInline = soOobInline;
        this.tcpKeepIdle = idle;
        this.tcpKeepInterval = interval;
        this.tcpKeepCount = count;
        this.gone = gone;
        this.refused = refused;
    }

    /** Whether a connection that waited to be accepted has gone meanwhile. */
    boolean isGone(int errno) {
        return gone.contains(errno);
    }

    boolean isRefused(int errno) {
        return errno == refused;
    }
}
