// SPDX-License-Identifier: Apache-2.0
/** A program on the module path. A poller is found without being required; that it may be is tried here. */
module app {
    requires org.asyncore;
    requires org.asyncore.tls;
    requires org.asyncore.nio;
    requires org.asyncore.epoll;
    requires org.asyncore.kqueue;
}
