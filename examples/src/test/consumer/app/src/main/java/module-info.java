// SPDX-License-Identifier: Apache-2.0
/** A program on the module path. Pollers need not be required, but may be, which is tested here. */
module app {
    requires org.asyncore;
    requires org.asyncore.tls;
    requires org.asyncore.nio;
    requires org.asyncore.epoll;
    requires org.asyncore.kqueue;
}
