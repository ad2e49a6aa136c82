// SPDX-License-Identifier: Apache-2.0
/** What the epoll and kqueue backends share; no program's business. */
@SuppressWarnings("module") // the two readers are built after this module
@org.jspecify.annotations.NullMarked
module org.asyncore.unix {
    requires transitive org.asyncore;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires transitive io.netty.transport.unix.common;
    requires jdk.net;
    requires static org.jspecify;

    exports org.asyncore.unix to
            org.asyncore.epoll,
            org.asyncore.kqueue;
}
