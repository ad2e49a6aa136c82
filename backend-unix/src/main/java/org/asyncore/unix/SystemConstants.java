// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.util.Locale;

/**
 * Constants of the system's headers that Netty has no names for. They depend on the system and not on the kernel queue: on
 * Linux {@code asm-generic/socket.h}, {@code linux/tcp.h}, {@code asm-generic/errno.h} and pipe(7); on macOS
 * {@code sys/socket.h}, {@code netinet/tcp.h}, {@code sys/errno.h} and {@code sys/syslimits.h}.
 */
final class SystemConstants {
    static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

    /** The bytes that a pipe has room for when it is polled writable, and takes whole. */
    static final int PIPE_BUF = on(4096, 512);

    static final int SOL_SOCKET = on(1, 0xffff);
    static final int SO_OOBINLINE = on(10, 0x100);
    static final int SO_ACCEPTCONN = on(30, 2);
    static final int SO_RCVTIMEO = on(20, 0x1006);

    static final int IPPROTO_TCP = 6;
    static final int TCP_KEEPIDLE = on(4, 0x10); // TCP_KEEPALIVE on macOS
    static final int TCP_KEEPINTVL = on(5, 0x101);
    static final int TCP_KEEPCNT = on(6, 0x102);
    static final int TCP_QUICKACK = 12; // Linux only

    static final int EPERM = 1;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EPIPE = 32;
    static final int EPROTO = on(71, 100);
    static final int EADDRINUSE = on(98, 48);
    static final int EADDRNOTAVAIL = on(99, 49);
    static final int ECONNABORTED = on(103, 53);
    static final int ECONNRESET = on(104, 54);
    static final int ETIMEDOUT = on(110, 60);
    static final int ECONNREFUSED = on(111, 61);
    static final int EHOSTUNREACH = on(113, 65);

    private SystemConstants() {}

    private static int on(int linux, int macos) {
        return LINUX ? linux : macos;
    }
}
