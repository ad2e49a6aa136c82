// SPDX-License-Identifier: Apache-2.0
/** Pollers over kqueue, by Netty's native transport. */
@org.jspecify.annotations.NullMarked
module org.asyncore.kqueue {
    requires org.asyncore;
    requires org.asyncore.unix;
    requires io.netty.transport.classes.kqueue;
    requires static org.jspecify;

    provides org.asyncore.spi.Backend with
            org.asyncore.kqueue.KQueueBackend;
}
