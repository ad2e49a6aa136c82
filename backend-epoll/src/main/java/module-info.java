// SPDX-License-Identifier: Apache-2.0
/** Pollers over epoll, by Netty's native transport. */
@org.jspecify.annotations.NullMarked
module org.asyncore.epoll {
    requires org.asyncore;
    requires org.asyncore.unix;
    requires io.netty.transport.classes.epoll;
    requires static org.jspecify;

    provides org.asyncore.spi.Backend with
            org.asyncore.epoll.EpollBackend;
}
