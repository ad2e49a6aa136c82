// SPDX-License-Identifier: Apache-2.0
/** The JDK's {@link java.nio.channels.Selector} as a poller for asyncore. */
@org.jspecify.annotations.NullMarked
module org.asyncore.nio {
    requires org.asyncore;
    requires static org.jspecify;

    provides org.asyncore.spi.Backend with
            org.asyncore.nio.NioBackend;
}
