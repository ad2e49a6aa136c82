// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.util.Locale;

/** Numbers of the system's headers that Netty has no names for. Chosen by system, not by kernel queue. */
enum SystemNumbers {
    /** {@code asm-generic/socket.h}, {@code linux/tcp.h}, {@code asm-generic/errno.h}; pipe(7). */
    LINUX(4096, 1, 10, 4, 5, 6, 71, 103, 104, 111, 110, 113, 98, 99),
    /**
     * Of macOS: {@code sys/socket.h}, {@code netinet/tcp.h}, {@code sys/errno.h},
     * {@code sys/syslimits.h}.
     */
    DARWIN(512, 0xffff, 0x100, 0x10, 0x101, 0x102, 100, 53, 54, 61, 60, 65, 48, 49);

    static final SystemNumbers HERE =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux") ? LINUX : DARWIN;

    static final int IPPROTO_TCP = 6;
    /** Linux only, as what it is for. */
    static final int TCP_QUICKACK = 12;

    private static final int EPERM = 1; // these on all Unixes
    private static final int EACCES = 13;

    /** PIPE_BUF: what a pipe has room for when it is polled writable, and takes whole. */
    final int pipeBuf;

    final int solSocket;
    final int soOobInline;
    final int tcpKeepIdle;
    final int tcpKeepInterval;
    final int tcpKeepCount;
    private final int eproto;
    private final int connAborted;
    private final int connReset;
    private final int connRefused;
    private final int timedOut;
    private final int hostUnreachable;
    private final int addressInUse;
    private final int addressNotAvailable;

    SystemNumbers(int... numbers) {
        this.pipeBuf = numbers[0];
        this.solSocket = numbers[1];
        this.soOobInline = numbers[2];
        this.tcpKeepIdle = numbers[3];
        this.tcpKeepInterval = numbers[4];
        this.tcpKeepCount = numbers[5];
        this.eproto = numbers[6];
        this.connAborted = numbers[7];
        this.connReset = numbers[8];
        this.connRefused = numbers[9];
        this.timedOut = numbers[10];
        this.hostUnreachable = numbers[11];
        this.addressInUse = numbers[12];
        this.addressNotAvailable = numbers[13];
    }

    /** Whether a connection that waited to be accepted has gone meanwhile. */
    boolean isGone(int errno) {
        return errno == connAborted || errno == eproto;
    }

    boolean isReset(int errno) {
        return errno == connReset;
    }

    boolean isRefused(int errno) {
        return errno == connRefused;
    }

    /** Whether nobody answered in time. */
    boolean isUnanswered(int errno) {
        return errno == timedOut;
    }

    boolean isUnreachable(int errno) {
        return errno == hostUnreachable;
    }

    /** Whether an address cannot be used from here. */
    boolean isAboutTheAddress(int errno) {
        return errno == addressInUse || errno == addressNotAvailable || errno == EPERM || errno == EACCES;
    }
}
