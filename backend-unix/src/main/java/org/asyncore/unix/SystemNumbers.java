// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.util.Locale;

/** Numbers of the system's headers that Netty has no names for. Chosen by system, not by kernel queue. */
enum SystemNumbers {
    /** {@code asm-generic/socket.h}, {@code linux/tcp.h}, {@code asm-generic/errno.h}. */
    LINUX(1, 10, 4, 5, 6, 71, 103, 111),
    /** Of macOS: {@code sys/socket.h}, {@code netinet/tcp.h}, {@code sys/errno.h}. */
    DARWIN(0xffff, 0x100, 0x10, 0x101, 0x102, 100, 53, 61);

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
    private final int eproto;
    private final int connAborted;
    private final int connRefused;

    SystemNumbers(int... numbers) {
        this.solSocket = numbers[0];
        this.soOobInline = numbers[1];
        this.tcpKeepIdle = numbers[2];
        this.tcpKeepInterval = numbers[3];
        this.tcpKeepCount = numbers[4];
        this.eproto = numbers[5];
        this.connAborted = numbers[6];
        this.connRefused = numbers[7];
    }

    /** Whether a connection that waited to be accepted has gone meanwhile. */
    boolean isGone(int errno) {
        return errno == connAborted || errno == eproto;
    }

    boolean isRefused(int errno) {
        return errno == connRefused;
    }
}
